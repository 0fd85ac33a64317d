#include "reader/bluray_disc.hpp"

#include <cstring>
#include <filesystem>
#include <span>

#include <fmt/format.h>
#include <libbluray/log_control.h>

#include "base/text.hpp"
#include "reader/bluray_file.hpp"
#include "reader/fault.hpp"
#include "reader/playlist_angles.hpp"

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
    throw WorkerFault(Cause::kSource,
                      source + " holds no Blu-ray that can be read" + (trouble().empty() ? "" : ": " + trouble()),
                      "check that the disc is in the drive, or that the folder holds the whole BDMV");
}

PlaylistInfo BlurayDisc::playlist(std::uint32_t number, unsigned angle) const {
  return PlaylistInfo(bd_get_playlist_info(disc_.get(), number, angle));
}

std::vector<std::string> BlurayDisc::clips_of(const BLURAY_TITLE_INFO& playlist, std::uint32_t number,
                                              unsigned angle) const {
  if (angle >= playlist.angle_count) return {};
  const std::span clips(playlist.clips, playlist.clip_count);
  std::vector<std::string> names;
  for (const auto& clip : clips) names.emplace_back(clip.clip_id, ::strnlen(clip.clip_id, 5));
  if (angle == 0) return names;
  const auto bytes = read_bluray_file(*this, fmt::format("BDMV/PLAYLIST/{:05}.mpls", number));
  const auto angles = read_angles({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  if (!angles || angles->size() != names.size()) return {};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (angle < (*angles)[i].size()) names[i] = (*angles)[i][angle];
  return names;
}

std::string BlurayDisc::trouble() {
  return last_complaint();
}

}  // namespace amphi
