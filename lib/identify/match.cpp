// Which of TheDiscDB's titles a track is.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "amphi/identify.hpp"
#include "base/text.hpp"
#include "identify/source_file.hpp"

namespace amphi {
namespace {

// Programs round lengths their own ways, and those that take NTSC's 29.97 frames for 30 are a thousandth off.
constexpr double kLengthSlack = 5;      // seconds
constexpr double kLengthShare = 0.002;  // of the longer
constexpr double kSameLength = 1.5;     // seconds: where nothing but the length speaks for a title
constexpr double kTellingLength = 60;   // seconds: shorter ones are logos and warnings, of any disc

class Matcher {
 public:
  Matcher(DiscKind kind, const std::vector<Track>& tracks, const std::vector<DiscdbTitle>& titles)
      : kind_(kind), tracks_(tracks), titles_(titles) {
    for (std::size_t i = 0; i < tracks.size(); ++i)
      if (!tracks[i].vanished) open_tracks_.insert(i);
    for (std::size_t i = 0; i < titles.size(); ++i) open_titles_.insert(i);
  }

  TitleMatches match() {
    by_source_file();
    if (kind_ == DiscKind::kBluray || kind_ == DiscKind::kUhd) by_segment_map();
    by_length();
    std::sort(matches_.taken.begin(), matches_.taken.end(),
              [](const TitleMatch& one, const TitleMatch& other) { return one.track < other.track; });
    return std::move(matches_);
  }

 private:
  double difference(std::size_t track, std::size_t title) const {
    const auto& seconds = titles_[title].seconds;
    const auto measured = tracks_[track].scanned.duration_seconds;
    return seconds && measured > 0 ? std::abs(measured - *seconds) : 0;
  }
  bool knows_lengths(std::size_t track, std::size_t title) const {
    return titles_[title].seconds.has_value() && tracks_[track].scanned.duration_seconds > 0;
  }
  bool lengths_agree(std::size_t track, std::size_t title) const {
    const auto longer = std::max(tracks_[track].scanned.duration_seconds, titles_[title].seconds.value_or(0));
    return difference(track, title) <= std::max(kLengthSlack, longer * kLengthShare);
  }
  bool same_segments(std::size_t track, std::size_t title) const {
    return same_segment_map(tracks_[track].scanned.segment_map, titles_[title].segment_map);
  }

  void take(std::size_t track, std::size_t title, const char* by) {
    matches_.taken.push_back({track, title, by});
    open_tracks_.erase(track);
    open_titles_.erase(title);
  }

  void refuse(std::size_t track, std::size_t title) {
    matches_.refused.emplace_back(track,
                                  fmt::format("lasts {} here and {} in TheDiscDB, so it is not their '{}'",
                                              human_duration(tracks_[track].scanned.duration_seconds),
                                              human_duration(titles_[title].seconds.value_or(0)), titles_[title].name));
    open_tracks_.erase(track);
    open_titles_.erase(title);
  }

  // makemkvcon makes several titles of one DVD title; their cells tell them apart.
  void by_source_file() {
    const std::set<std::size_t> tracks = open_tracks_;
    for (const auto track : tracks) {
      std::vector<std::size_t> named;
      for (const auto title : open_titles_)
        if (reference_of_source_file(titles_[title].source_file) == tracks_[track].scanned.reference)
          named.push_back(title);
      if (named.empty()) continue;
      const auto best = *std::min_element(named.begin(), named.end(), [&](std::size_t one, std::size_t other) {
        const bool first = same_segments(track, one), second = same_segments(track, other);
        return first != second ? first : difference(track, one) < difference(track, other);
      });
      if (lengths_agree(track, best)) {
        take(track, best, "source file");
      } else if (titles_[best].identified) {
        refuse(track, best);
      }
    }
  }

  // Of tracks that play the same the first is no duplicate.
  void by_segment_map() {
    by_pairs("segment map", [&](std::size_t track, std::size_t title) {
      return knows_lengths(track, title) && same_segments(track, title) && lengths_agree(track, title);
    });
  }

  void by_length() {
    by_pairs("length", [&](std::size_t track, std::size_t title) {
      return knows_lengths(track, title) && tracks_[track].scanned.duration_seconds >= kTellingLength &&
             difference(track, title) <= kSameLength;
    });
  }

  // Takes what fits one another and nothing else.
  template <class Fits>
  void by_pairs(const char* by, const Fits& fits) {
    const std::set<std::size_t> titles = open_titles_;
    for (const auto title : titles) {
      const auto track = only(open_tracks_, [&](std::size_t candidate) {
        return tracks_[candidate].classification.type != TrackType::kDuplicate && fits(candidate, title);
      });
      if (!track) continue;
      const auto back = only(open_titles_, [&](std::size_t candidate) { return fits(*track, candidate); });
      if (back) take(*track, title, by);
    }
  }

  template <class Fits>
  static std::optional<std::size_t> only(const std::set<std::size_t>& among, const Fits& fits) {
    std::optional<std::size_t> found;
    for (const auto candidate : among) {
      if (!fits(candidate)) continue;
      if (found) return std::nullopt;
      found = candidate;
    }
    return found;
  }

  DiscKind kind_;
  const std::vector<Track>& tracks_;
  const std::vector<DiscdbTitle>& titles_;
  std::set<std::size_t> open_tracks_, open_titles_;
  TitleMatches matches_;
};

}  // namespace

TitleMatches match_titles(DiscKind kind, const std::vector<Track>& tracks, const std::vector<DiscdbTitle>& titles) {
  return Matcher(kind, tracks, titles).match();
}

}  // namespace amphi
