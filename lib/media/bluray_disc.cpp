#include "media/bluray_disc.hpp"

#include <filesystem>

#include <libbluray/log_control.h>

#include "base/text.hpp"
#include "media/fault.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

std::string& last_complaint() {
  static std::string text;
  return text;
}

void keep_complaint(const char* message) {
  last_complaint() = escape_controls(trim(to_valid_utf8(message)));
}

// libbluray wants the folder that holds BDMV.
std::string root_of(const std::string& source) {
  std::error_code ignored;
  const fs::path path(source);
  const bool is_bdmv = fs::is_directory(path, ignored) && to_lower_ascii(path.filename().string()) == "bdmv";
  return is_bdmv ? path.parent_path().string() : source;
}

}  // namespace

BlurayDisc::BlurayDisc(const std::string& source) {
  bd_set_debug_mask(DBG_CRIT);
  bd_set_debug_handler(&keep_complaint);
  disc_.reset(bd_open(root_of(source).c_str(), nullptr));
  if (!disc_ || bd_get_disc_info(disc_.get())->bluray_detected == 0)
    throw MediaFault("source",
                     source + " holds no Blu-ray that can be read" + (trouble().empty() ? "" : ": " + trouble()),
                     "check that the disc is in the drive, or that the folder holds the whole BDMV");
}

PlaylistInfo BlurayDisc::playlist(std::uint32_t number, unsigned angle) const {
  return PlaylistInfo(bd_get_playlist_info(disc_.get(), number, angle));
}

std::string BlurayDisc::trouble() {
  return last_complaint();
}

}  // namespace amphi
