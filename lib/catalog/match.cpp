#include "catalog/match.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

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

bool same_duration(const ScannedTrack& a, const ScannedTrack& b) {
  return std::abs(a.duration_seconds - b.duration_seconds) <= kSameSeconds;
}

// "title:3" says no more than a number of the ripper's: so do the tracks of an imported catalog.
bool is_only_numbered(const ScannedTrack& track) {
  return track.reference.starts_with("title:");
}

bool same_reference(const ScannedTrack& a, const ScannedTrack& b) {
  return !a.reference.empty() && a.reference == b.reference;
}

bool same_content(const ScannedTrack& a, const ScannedTrack& b) {
  return !a.segment_map.empty() && a.segment_map == b.segment_map && same_streams(a.audio, b.audio) &&
         same_streams(a.subtitles, b.subtitles) && same_duration(a, b);
}

class Matching {
 public:
  Matching(const std::vector<Track>& stored, const std::vector<ScannedTrack>& scanned)
      : stored_(stored), scanned_(scanned), match_(scanned.size()), given_(stored.size()) {}

  void take_first(bool (*same)(const ScannedTrack&, const ScannedTrack&)) {
    for (std::size_t i = 0; i < scanned_.size(); ++i) {
      for (std::size_t j = 0; j < stored_.size() && !match_[i]; ++j) {
        if (!given_[j] && same(stored_[j].scanned, scanned_[i])) give(i, j);
      }
    }
  }

  // By the duration alone, where it leaves no doubt on either side.
  void take_nearest() {
    for (std::size_t i = 0; i < scanned_.size(); ++i) {
      const auto j = nearest(stored_.size(), [&](std::size_t other) { return distance(i, other); });
      if (j && nearest(scanned_.size(), [&](std::size_t other) { return distance(other, *j); }) == i) give(i, *j);
    }
  }

  // By number, once all the pairs found otherwise have numbers that are apart by the same on both sides.
  void take_numbers() {
    const auto apart = shift();
    if (!apart) return;
    for (std::size_t i = 0; i < scanned_.size(); ++i) {
      for (std::size_t j = 0; j < stored_.size() && !match_[i]; ++j) {
        if (scanned_[i].number - stored_[j].scanned.number == *apart && may_be(i, j)) give(i, j);
      }
    }
  }

  std::vector<std::optional<std::size_t>> result() && { return std::move(match_); }

 private:
  void give(std::size_t i, std::size_t j) {
    match_[i] = j;
    given_[j] = true;
  }

  // One of the two says no more than a number of itself.
  bool is_loose(std::size_t i, std::size_t j) const {
    return is_only_numbered(stored_[j].scanned) != is_only_numbered(scanned_[i]);
  }

  // Both are left over, and their durations, where both are known, say nothing against it.
  bool may_be(std::size_t i, std::size_t j) const {
    if (match_[i] || given_[j] || !is_loose(i, j)) return false;
    const ScannedTrack& a = stored_[j].scanned;
    const ScannedTrack& b = scanned_[i];
    return a.duration_seconds <= 0 || b.duration_seconds <= 0 || same_duration(a, b);
  }

  // Of two that may be the same by their durations, in seconds.
  std::optional<double> distance(std::size_t i, std::size_t j) const {
    const auto a = stored_[j].scanned.duration_seconds, b = scanned_[i].duration_seconds;
    if (a <= 0 || b <= 0 || !may_be(i, j)) return std::nullopt;
    return std::abs(a - b);
  }

  // The one that is nearer than every other by what rounding may do.
  template <class Distance>
  static std::optional<std::size_t> nearest(std::size_t count, Distance distance_to) {
    constexpr double kRounding = 1;
    std::optional<std::size_t> best;
    double least = 0, next = std::numeric_limits<double>::infinity();
    for (std::size_t other = 0; other < count; ++other) {
      const auto far = distance_to(other);
      if (!far) continue;
      if (!best || *far < least) {
        if (best) next = least;
        best = other;
        least = *far;
      } else {
        next = std::min(next, *far);
      }
    }
    return next - least >= kRounding ? best : std::nullopt;
  }

  // One pair shows that the numbers are the same; that they are shifted takes two.
  std::optional<int> shift() const {
    std::optional<int> apart;
    int pairs = 0;
    for (std::size_t i = 0; i < scanned_.size(); ++i) {
      if (!match_[i] || !is_loose(i, *match_[i])) continue;
      const int here = scanned_[i].number - stored_[*match_[i]].scanned.number;
      if (apart && *apart != here) return std::nullopt;
      apart = here;
      ++pairs;
    }
    return pairs > 1 || apart == 0 ? apart : std::nullopt;
  }

  const std::vector<Track>& stored_;
  const std::vector<ScannedTrack>& scanned_;
  std::vector<std::optional<std::size_t>> match_;
  std::vector<bool> given_;
};

}  // namespace

std::vector<std::optional<std::size_t>> match_tracks(const std::vector<Track>& stored,
                                                     const std::vector<ScannedTrack>& scanned) {
  Matching matching(stored, scanned);
  matching.take_first(same_reference);
  matching.take_first(same_content);
  matching.take_nearest();
  matching.take_numbers();
  return std::move(matching).result();
}

}  // namespace amphi
