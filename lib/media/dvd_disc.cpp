#include "media/dvd_disc.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <sys/stat.h>

#include "media/fault.hpp"

namespace amphi {
namespace {

void ignore_log(void*, dvd_logger_level_t, const char*, va_list) {}
constexpr dvd_logger_cb kNoLog{ignore_log};

std::string name_of(int title_set) {
  return title_set == 0 ? "VIDEO_TS" : fmt::format("VTS_{:02}_0", title_set);
}

}  // namespace

TitleVobs::TitleVobs(dvd_reader_t* disc, int title_set) : file_(DVDOpenFile(disc, title_set, DVD_READ_TITLE_VOBS)) {
  if (!file_) throw MediaFault("medium", fmt::format("title set {} has no VOBs that can be opened", title_set));
  sectors_ = DVDFileSize(file_.get());
}

std::int64_t TitleVobs::read(std::int64_t first, std::span<std::uint8_t> out) {
  return DVDReadBlocks(file_.get(), static_cast<int>(first), out.size() / kSectorSize, out.data());
}

DvdDisc::DvdDisc(const std::string& source) : source_(source) {
  struct stat facts {};
  if (::stat(source.c_str(), &facts) != 0) throw_errno(errno, "cannot open " + source, "source");
  is_folder_ = S_ISDIR(facts.st_mode);
  disc_.reset(DVDOpen2(nullptr, &kNoLog, source.c_str()));
  if (!disc_) throw MediaFault("source", source + " cannot be opened as a DVD");
}

Ifo DvdDisc::ifo(int title_set) const {
  Ifo ifo(ifoOpen(disc_.get(), title_set));
  if (ifo) return ifo;
  if (title_set == 0) {
    throw MediaFault("source", source_ + " is no DVD: its VIDEO_TS.IFO is missing or damaged");
  }
  throw MediaFault("medium",
                   fmt::format("{}: {}.IFO and its backup are missing or damaged", source_, name_of(title_set)));
}

}  // namespace amphi
