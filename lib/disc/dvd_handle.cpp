#include "disc/dvd_handle.hpp"

#include <cstdarg>
#include <cstdio>

#include "amphi/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace amphi {

namespace {

void keep_message(void* keeper, dvd_logger_level_t level, const char* format, va_list arguments) {
  char line[512];
  std::vsnprintf(line, sizeof line, format, arguments);
  const auto text = to_valid_utf8(trim(line));
  log_debug("libdvdread: " + text);
  if (level == DVD_LOGGER_LEVEL_ERROR) *static_cast<std::string*>(keeper) = text;
}

}  // namespace

DvdReader DvdReader::open(const std::string& path) {
  static const dvd_logger_cb kLogger{keep_message};
  DvdReader disc;
  disc.trouble_ = std::make_unique<std::string>();
  disc.reader_.reset(DVDOpen2(disc.trouble_.get(), &kLogger, path.c_str()));
  if (!disc.reader_) {
    throw Error(ErrorKind::kUnavailable, path + " cannot be opened: " + disc.trouble(),
                "check that the disc is in the drive and that you may read it");
  }
  return disc;
}

}  // namespace amphi
