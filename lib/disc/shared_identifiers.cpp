#include "disc/shared_identifiers.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"

namespace amphi {

std::string make_provisional_fingerprint(const std::vector<ScannedTrack>& tracks) {
  Digest digest(DigestKind::kSha256);
  for (const auto& track : tracks) {
    const auto& source = track.source_name.empty() ? track.reference : track.source_name;
    digest.add(
        fmt::format("{}\n{:.0f}\n{}\n{}\n", source, track.duration_seconds, track.size_bytes, track.segment_map));
  }
  return "log-" + digest.hex();
}

std::vector<ListedFile> listed_files(const DiscFiles& files) {
  std::vector<ListedFile> listed;
  if (!files.is_whole()) return listed;
  for (const auto& file : files.all()) listed.push_back({file.path, file.size_bytes});
  return listed;
}

std::vector<Identifier> amphigory_identifiers(std::string_view type, const std::string& label,
                                              const std::vector<NamedBytes>& files) {
  std::vector<Identifier> found{{"amphigory", make_amphigory_fingerprint(type, "", files)}};
  if (!label.empty()) found.push_back({"amphigory", make_amphigory_fingerprint(type, label, files)});
  return found;
}

}  // namespace amphi
