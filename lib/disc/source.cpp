#include "amphi/source.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <sys/stat.h>

#include "amphi/error.hpp"
#include "amphi/sector.hpp"
#include "base/text.hpp"
#include "disc/cd_reader.hpp"
#include "disc/makemkv_log.hpp"
#include "disc/video_ts.hpp"

namespace amphi {

namespace fs = std::filesystem;

namespace {

constexpr const char* kWhatFits =
    "give a drive, an image (.iso, .cue, .toc), a folder with VIDEO_TS or BDMV, a makemkvcon -r info log, or toc:1 3 "
    "2625 ...";
constexpr std::size_t kBeginning =
    64 << 10;  // holds the volume descriptors of ISO 9660 and UDF, and a log's first lines
constexpr std::size_t kFirstDescriptor = 32768, kIdentifierAt = 1, kIdentifierSize = 5;

std::string absolute_path(const std::string& path) {
  std::error_code trouble;
  auto absolute = fs::absolute(path, trouble).lexically_normal();
  if (trouble) absolute = path;
  if (!absolute.has_filename() && absolute.has_relative_path()) absolute = absolute.parent_path();
  return absolute.string();
}

std::string read_beginning(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Error(ErrorKind::kUnavailable, path + " cannot be opened: " + std::strerror(errno), "check its permissions");
  std::string bytes(kBeginning, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

// ECMA-167 and ISO 9660: volume descriptors from sector 16 on, each with a five-letter name.
bool has_volume_descriptor(std::string_view bytes) {
  constexpr std::array<std::string_view, 4> kNames{"CD001", "BEA01", "NSR02", "NSR03"};
  for (auto at = kFirstDescriptor; at + kSectorSize <= bytes.size(); at += kSectorSize) {
    const auto name = bytes.substr(at + kIdentifierAt, kIdentifierSize);
    for (const auto known : kNames) {
      if (name == known) return true;
    }
  }
  return false;
}

SourceKind kind_of_file(const std::string& path) {
  if (is_cd_image(path)) return SourceKind::kImage;
  const auto beginning = read_beginning(path);
  if (beginning.empty()) throw Error(ErrorKind::kUsage, path + " is empty", kWhatFits);
  if (has_volume_descriptor(beginning)) return SourceKind::kImage;
  if (looks_like_makemkv_log(beginning)) return SourceKind::kLog;
  const bool named_as_image = to_lower_ascii(fs::path(path).extension().string()) == ".iso";
  throw Error(ErrorKind::kUsage,
              path + (named_as_image ? " holds no file system: it is cut short or no disc image" : " is no disc image"),
              kWhatFits);
}

// That holds BDMV, or is it; in any case, as discs are.
bool is_bluray_folder(const fs::path& path) {
  const auto named = [](const fs::path& folder) { return to_lower_ascii(folder.filename().string()) == "bdmv"; };
  if (named(path)) return true;
  std::error_code trouble;
  for (fs::directory_iterator at(path, trouble), end; !trouble && at != end; at.increment(trouble)) {
    std::error_code ignored;
    if (named(at->path()) && at->is_directory(ignored)) return true;
  }
  return false;
}

SourceKind kind_of_folder(const std::string& path) {
  if (find_video_ts_folder(path)) return SourceKind::kFolder;
  if (is_bluray_folder(path)) return SourceKind::kFolder;
  throw Error(ErrorKind::kUsage, path + " is no folder of a disc: there is neither VIDEO_TS nor BDMV in it", kWhatFits);
}

}  // namespace

Source make_source(const std::string& path) {
  struct stat found {};
  if (path.empty()) throw Error(ErrorKind::kUsage, "the name of the source is empty", kWhatFits);
  if (path.starts_with(kTocPrefix)) return {SourceKind::kLog, path};
  if (::stat(path.c_str(), &found) != 0) {
    throw Error(ErrorKind::kUnavailable, path + " cannot be looked at: " + std::strerror(errno), kWhatFits);
  }
  const auto absolute = absolute_path(path);
  if (S_ISBLK(found.st_mode)) return {SourceKind::kDevice, absolute};
  if (S_ISDIR(found.st_mode)) return {kind_of_folder(absolute), absolute};
  if (S_ISREG(found.st_mode)) return {kind_of_file(absolute), absolute};
  throw Error(ErrorKind::kUsage, path + " is neither a drive nor a file nor a folder", kWhatFits);
}

}  // namespace amphi
