#include "disc/iso_dates.hpp"

#include <ctime>
#include <memory>

#include <cdio/iso9660.h>
#include <cdio/logging.h>

#include "base/log.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

struct IsoCloser {
  void operator()(iso9660_t* iso) const { iso9660_close(iso); }
  void operator()(CdioISO9660FileList_t* list) const { iso9660_filelist_free(list); }
};

void keep_iso_message(cdio_log_level_t, const char* message) {
  log_debug(std::string("libiso9660: ") + escape_controls(to_valid_utf8(message)));
}

DatedSize dated(const iso9660_stat_t& file) {
  std::string name(to_upper_ascii(file.filename));
  name = name.substr(0, name.find(';'));
  std::tm when = file.tm;  // local time of this machine, as the library gives it
  return {std::move(name), static_cast<std::int64_t>(file.size), static_cast<std::int64_t>(std::mktime(&when))};
}

}  // namespace

std::vector<DatedSize> list_video_ts_dates(const std::string& image_or_device) {
  cdio_log_set_handler(&keep_iso_message);
  std::vector<DatedSize> files;
  const std::unique_ptr<iso9660_t, IsoCloser> iso(iso9660_open(image_or_device.c_str()));
  if (!iso) return files;
  const std::unique_ptr<CdioISO9660FileList_t, IsoCloser> list(iso9660_ifs_readdir(iso.get(), "/VIDEO_TS"));
  if (!list) return files;
  CdioListNode_t* node = nullptr;
  _CDIO_LIST_FOREACH(node, list.get()) {
    const auto& file = *static_cast<const iso9660_stat_t*>(_cdio_list_node_data(node));
    if (file.type == iso9660_stat_t::_STAT_FILE) files.push_back(dated(file));
  }
  return files;
}

}  // namespace amphi
