#include "catalog/match.hpp"

#include <cmath>

namespace amphi {
namespace {

constexpr double kSameSeconds = 2;  // logs round to whole seconds

// Codecs are named differently by logs and by the disc itself; count, order and languages are not.
template <class Stream>
bool same_streams(const std::vector<Stream>& a, const std::vector<Stream>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].language != b[i].language) return false;
  }
  return true;
}

bool same_reference(const ScannedTrack& a, const ScannedTrack& b) {
  return !a.reference.empty() && a.reference == b.reference;
}

bool same_content(const ScannedTrack& a, const ScannedTrack& b) {
  return !a.segment_map.empty() && a.segment_map == b.segment_map && same_streams(a.audio, b.audio) &&
         same_streams(a.subtitles, b.subtitles) && std::abs(a.duration_seconds - b.duration_seconds) <= kSameSeconds;
}

}  // namespace

std::vector<std::optional<std::size_t>> match_tracks(const std::vector<Track>& stored,
                                                     const std::vector<ScannedTrack>& scanned) {
  std::vector<std::optional<std::size_t>> matches(scanned.size());
  std::vector<bool> given(stored.size());
  for (const auto same : {same_reference, same_content}) {
    for (std::size_t i = 0; i < scanned.size(); ++i) {
      for (std::size_t j = 0; j < stored.size() && !matches[i]; ++j) {
        if (given[j] || !same(stored[j].scanned, scanned[i])) continue;
        matches[i] = j;
        given[j] = true;
      }
    }
  }
  return matches;
}

}  // namespace amphi
