#include "disc/video_ts.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>

#include <dvdread/dvd_udf.h>
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/sector.hpp"
#include "base/text.hpp"

namespace amphi {

namespace fs = std::filesystem;

namespace {

constexpr int kMaxTitleSets = 99;
constexpr int kMaxVobParts = 9;
constexpr std::int64_t kMaxIfoBytes = 16 << 20;  // real ones stay far below 1 MB; a hostile size must not cost memory
constexpr const char* kDamagedHint = "the disc or image is damaged; try another copy";

struct DefinedName {
  std::string name;
  int title_set = 0;
};

std::vector<DefinedName> make_defined_names() {
  std::vector<DefinedName> names{{"VIDEO_TS.BUP", 0}, {"VIDEO_TS.IFO", 0}, {"VIDEO_TS.VOB", 0}};
  for (int set = 1; set <= kMaxTitleSets; ++set) {
    for (const auto* type : {"BUP", "IFO", "VOB"}) names.push_back({fmt::format("VTS_{:02}_0.{}", set, type), set});
    for (int part = 1; part <= kMaxVobParts; ++part) names.push_back({fmt::format("VTS_{:02}_{}.VOB", set, part), set});
  }
  return names;
}

const std::vector<DefinedName>& defined_names() {
  static const auto kNames = make_defined_names();
  return kNames;
}

// What lies in a folder, under upper-case names. Two that differ in case only: the first in byte order stands.
std::map<std::string, fs::path> list_upper_case(const std::string& folder) {
  std::error_code trouble;
  std::map<std::string, fs::path> found;
  for (fs::directory_iterator at(folder, trouble), end; !trouble && at != end; at.increment(trouble)) {
    auto [place, is_new] = found.try_emplace(to_upper_ascii(at->path().filename().string()), at->path());
    if (!is_new && at->path() < place->second) place->second = at->path();
  }
  if (trouble) {
    throw Error(ErrorKind::kUnavailable, folder + " cannot be listed: " + trouble.message(), "check its permissions");
  }
  return found;
}

std::vector<VideoTsFile> list_folder(const std::string& path) {
  const auto folder = find_video_ts_folder(path);
  if (!folder) return {};
  const auto present = list_upper_case(*folder);
  std::vector<VideoTsFile> files;
  for (const auto& [name, set] : defined_names()) {
    const auto at = present.find(name);
    if (at == present.end()) continue;
    std::error_code trouble;
    const auto size = fs::file_size(at->second, trouble);
    if (!trouble && size > 0) files.push_back({name, static_cast<std::int64_t>(size), set, 0, at->second.string()});
  }
  return files;
}

std::vector<VideoTsFile> list_udf(const DvdReader& reader) {
  std::vector<VideoTsFile> files;
  for (const auto& [name, set] : defined_names()) {
    std::uint32_t size = 0;
    const auto sector = UDFFindFile(reader.get(), ("/VIDEO_TS/" + name).c_str(), &size);
    if (sector != 0 && size > 0) files.push_back({name, size, set, sector, ""});
  }
  return files;
}

[[noreturn]] void throw_unreadable(const std::string& name) {
  throw Error(ErrorKind::kUnavailable, name + " cannot be read to its end", kDamagedHint);
}

std::string read_from_folder(const VideoTsFile& file) {
  std::string bytes(static_cast<std::size_t>(file.size_bytes), '\0');
  std::ifstream in(file.path, std::ios::binary);
  if (!in.read(bytes.data(), file.size_bytes)) throw_unreadable(file.name);
  return bytes;
}

std::string read_from_udf(const VideoTsFile& file, const DvdReader& reader) {
  std::string bytes(static_cast<std::size_t>(file.size_bytes), '\0');
  const DvdFileHandle opened(DVDOpenFile(reader.get(), file.title_set, DVD_READ_INFO_FILE));
  if (!opened || DVDReadBytes(opened.get(), bytes.data(), bytes.size()) != file.size_bytes) throw_unreadable(file.name);
  return bytes;
}

}  // namespace

std::optional<std::string> find_video_ts_folder(const std::string& folder) {
  std::error_code trouble;
  const auto present = list_upper_case(folder);
  const auto inside = present.find("VIDEO_TS");
  if (inside != present.end() && fs::is_directory(inside->second, trouble)) return inside->second.string();
  const auto own_name = fs::path(folder).filename().string();
  if (to_upper_ascii(own_name) == "VIDEO_TS" || present.contains("VIDEO_TS.IFO")) return folder;
  return std::nullopt;
}

std::vector<VideoTsFile> list_video_ts(const Source& source, const DvdReader& reader) {
  auto files = source.kind == SourceKind::kFolder ? list_folder(source.path) : list_udf(reader);
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

std::vector<NamedBytes> read_ifos(const std::vector<VideoTsFile>& files, const DvdReader& reader) {
  std::vector<NamedBytes> ifos;
  for (const auto& file : files) {
    if (!file.name.ends_with(".IFO")) continue;
    if (file.size_bytes > kMaxIfoBytes) {
      throw Error(ErrorKind::kUnavailable, fmt::format("{} claims {} bytes", file.name, file.size_bytes), kDamagedHint);
    }
    ifos.push_back({file.name, file.path.empty() ? read_from_udf(file, reader) : read_from_folder(file)});
  }
  return ifos;
}

std::int64_t title_set_sectors(const std::vector<VideoTsFile>& files, int title_set) {
  std::int64_t sectors = 0;
  for (const auto& file : files) {
    const bool is_title = file.name.ends_with(".VOB") && !file.name.ends_with("_0.VOB");
    if (is_title && title_set > 0 && file.title_set == title_set) sectors += file.size_bytes / kSectorBytes;
  }
  return sectors;
}

std::int64_t image_end(const std::vector<VideoTsFile>& files) {
  std::int64_t end = 0;
  for (const auto& file : files) end = std::max(end, file.first_sector * kSectorBytes + file.size_bytes);
  return end;
}

}  // namespace amphi
