// What must hold between the values of a manifest (specification, 3 and 4).
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "disc/identifiers.hpp"
#include "disc/manifest_place.hpp"

namespace amphi {
namespace {

void check_paths_once(const ManifestPlace& disc) {
  std::set<std::string> seen;
  disc.each("files", [&](const ManifestPlace& file) {
    if (!seen.insert(file.value()["path"].get<std::string>()).second)
      file.refuse("file-path-duplicate", "has a path that stands twice");
  });
}

void check_chapter_counts(const ManifestPlace& disc) {
  disc.each("titles", [](const ManifestPlace& title) {
    const auto& value = title.value();
    if (value.contains("chapterCount") && value.contains("chapters") &&
        value["chapterCount"] != value["chapters"].size())
      title.refuse("chapter-count-mismatch", fmt::format("says {} chapters and lists {}", value["chapterCount"].dump(),
                                                         value["chapters"].size()));
  });
}

bool is_hashed(const std::string& path, bool dvd) {
  const auto lower = to_lower_ascii(path);
  if (!dvd) return lower.starts_with("bdmv/stream/") && lower.ends_with(".m2ts");
  return lower.starts_with("video_ts/") &&
         (lower.ends_with(".vob") || lower.ends_with(".ifo") || lower.ends_with(".bup"));
}

void check_hashes(const ManifestPlace& disc) {
  if (!disc.value().contains("files")) return;  // then they are what somebody says, and no more
  std::vector<ListedFile> files;
  for (const auto& file : disc.value()["files"])
    files.push_back({file["path"].get<std::string>(), file["sizeBytes"].get<std::int64_t>()});
  disc.each("identifiers", [&](const ManifestPlace& place) {
    const auto kind = place.value()["kind"].get<std::string>(), value = place.value()["value"].get<std::string>();
    if (kind == "thediscdb-content-hash" &&
        to_upper_ascii(value) != hash_of_listed(files, disc.value()["format"] == "dvd"))
      place.refuse("content-hash-mismatch", "is not what the list of files gives");
    if (kind == "matrix256" && to_lower_ascii(value) != matrix_of_listed(files))
      place.refuse("matrix256-mismatch", "is not what the list of files gives");
  });
}

}  // namespace

std::string hash_of_listed(const std::vector<ListedFile>& files, bool dvd) {
  std::vector<NamedSize> hashed;
  for (const auto& file : files) {
    if (is_hashed(file.path, dvd)) hashed.push_back({file.path.substr(file.path.rfind('/') + 1), file.size_bytes});
  }
  return make_content_hash(std::move(hashed));
}

std::string matrix_of_listed(const std::vector<ListedFile>& files) {
  std::vector<NamedSize> all;
  for (const auto& file : files) all.push_back({file.path, file.size_bytes});
  return make_matrix256(std::move(all));
}

void demand_fitting_values(const ManifestPlace& disc) {
  check_paths_once(disc);
  check_chapter_counts(disc);
  check_hashes(disc);
}

}  // namespace amphi
