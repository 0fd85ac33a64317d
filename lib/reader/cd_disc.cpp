#include "reader/cd_disc.hpp"

#include <filesystem>
#include <fstream>

#include <cdio/logging.h>

#include "base/text.hpp"
#include "disc/cue_image.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestDescription = 1 << 20;  // bytes: 99 tracks with CD-Text stay far below

std::string read_description(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(kLongestDescription + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.empty() || text.size() > kLongestDescription || text.find('\0') != std::string::npos)
    throw WorkerFault(Cause::kSource, path + " is no description of a CD image",
                      "give the .toc that belongs to the image");
  return text;
}

// The name in `FILE "name" 0 00:04:00` and its like; "" where the line names no file.
std::string file_named_in(std::string_view line) {
  line = trim(line);
  const auto space = line.find_first_of(" \t");
  const auto word = to_lower_ascii(line.substr(0, space));
  if (space == std::string_view::npos || (word != "file" && word != "audiofile" && word != "datafile")) return "";
  auto rest = trim(line.substr(space));
  if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
  return std::string(rest.substr(0, rest.find_first_of(" \t")));
}

// libcdio looks for the files of a .toc in the working folder.
driver_id_t prepare_driver(const std::string& path) {
  if (!to_lower_ascii(path).ends_with(".toc")) return DRIVER_DEVICE;
  const auto folder = fs::absolute(path).parent_path();
  for (const auto& line : split(read_description(path), '\n')) {
    if (const auto name = file_named_in(line); !name.empty()) file_beside(path, name);
  }
  std::error_code failed;
  fs::current_path(folder, failed);
  if (failed)
    throw WorkerFault(Cause::kSource, folder.string() + " cannot be entered: " + failed.message(),
                      "check its permissions");
  return DRIVER_CDRDAO;
}

}  // namespace

OpenCd open_cd(const std::string& path) {
  cdio_log_set_handler([](cdio_log_level_t, const char*) {});
  const auto driver = prepare_driver(path);
  OpenCd disc(cdio_open(path.c_str(), driver));
  const int first = disc ? cdio_get_first_track_num(disc.get()) : 0;
  const int count = disc ? cdio_get_num_tracks(disc.get()) : 0;
  constexpr int kMostTracks = 99;
  if (!disc || first < 1 || count < 1 || first + count - 1 > kMostTracks)
    throw WorkerFault(
        Cause::kSource, path + " has no table of contents that can be read",
        driver == DRIVER_DEVICE ? "is an audio CD in the drive?" : "is the .toc whole, and its image beside it?");
  return disc;
}

}  // namespace amphi
