#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kShortestEpisode = 10 * 60, kLongestEpisode = 75 * 60;
constexpr double kClusterSpread = 1.2;  // longest over shortest of one series
constexpr double kDoubleLength = 2.3;   // a long first episode, over the median
constexpr double kFeatureSeconds = 60 * 60;
constexpr double kPartSeconds = 10 * 60;  // pieces below this are a film's chapters, not episodes
constexpr double kCovered = 0.95;
constexpr std::size_t kFewEpisodes = 3, kSomeEpisodes = 4;

using Group = std::vector<RuledTrack*>;

double total_seconds(const Group& group) {
  return std::accumulate(group.begin(), group.end(), 0.0,
                         [](double sum, const RuledTrack* track) { return sum + track->seconds(); });
}

double median_seconds(const Group& group) {
  std::vector<double> lengths;
  for (const auto* track : group) lengths.push_back(track->seconds());
  std::sort(lengths.begin(), lengths.end());
  return lengths[lengths.size() / 2];
}

std::string references(const Group& group) {
  std::vector<std::string> names;
  for (const auto* track : group) names.push_back(track->reference());
  if (names.size() > 4) names = {names[0], names[1], "...", names.back()};
  return join(names, ", ");
}

// A logo that every part ends with, and the whole only once, is no part's own.
Pieces without_shared_end(const RuledTrack& part, const RuledTrack& whole) {
  auto pieces = part.pieces;
  if (pieces.size() > 1 && !whole.pieces.empty() && pieces.back() == whole.pieces.back()) pieces.pop_back();
  return pieces;
}

// The tracks that `whole` plays one after the other: runs of its pieces that do not overlap.
Group parts_by_pieces(RuledTracks& tracks, const RuledTrack& whole) {
  Group parts;
  std::vector<bool> taken(whole.pieces.size(), false);
  for (auto& track : tracks) {
    if (&track == &whole || track.decided || track.seconds() >= whole.seconds() * kCovered) continue;
    const auto pieces = without_shared_end(track, whole);
    const auto at = find_run(whole.pieces, pieces);
    if (!at ||
        std::any_of(taken.begin() + static_cast<std::ptrdiff_t>(*at),
                    taken.begin() + static_cast<std::ptrdiff_t>(*at + pieces.size()), [](bool t) { return t; })) {
      continue;
    }
    std::fill_n(taken.begin() + static_cast<std::ptrdiff_t>(*at), pieces.size(), true);
    parts.push_back(&track);
  }
  return parts;
}

bool adds_up(const Group& run, const RuledTrack& whole) {
  const auto bytes = std::accumulate(run.begin(), run.end(), 0.0, [](double sum, const RuledTrack* track) {
    return sum + static_cast<double>(track->scanned->size_bytes);
  });
  const auto size = static_cast<double>(whole.scanned->size_bytes);
  return std::abs(total_seconds(run) - whole.seconds()) <= std::max(2.0, whole.seconds() * 0.005) &&
         std::abs(bytes - size) <= size * 0.02;
}

// The same by durations and sizes, for copies with cells of their own: neighbours that add up to `whole`.
Group parts_by_sums(RuledTracks& tracks, const RuledTrack& whole) {
  if (whole.scanned->size_bytes <= 0) return {};
  for (std::size_t begin = 0; begin < tracks.size(); ++begin) {
    Group run;
    for (auto at = begin; at < tracks.size() && total_seconds(run) < whole.seconds(); ++at) {
      if (&tracks[at] == &whole || tracks[at].decided) continue;
      run.push_back(&tracks[at]);
      if (run.size() >= kFewEpisodes && adds_up(run, whole)) return run;
    }
  }
  return {};
}

// A film whose chapters are titles too is no play-all.
bool is_film_in_chapters(const RuledTrack& whole, const Group& parts, const RuledTrack* longest) {
  return &whole == longest && whole.seconds() >= kFilmSeconds && median_seconds(parts) < kPartSeconds;
}

Group find_cluster(const Group& candidates) {
  Group best;
  for (const auto* shortest : candidates) {
    Group group;
    for (auto* track : candidates) {
      if (track->seconds() >= shortest->seconds() && track->seconds() <= shortest->seconds() * kClusterSpread) {
        group.push_back(track);
      }
    }
    if (group.size() > best.size()) best = group;
  }
  return best;
}

const RuledTrack* play_all_of(const RuledTracks& tracks, const Group& cluster) {
  const auto plays = [&](const RuledTrack& track) {
    return track.decided && track.decided->type == TrackType::kPlayAll &&
           track.seconds() >= total_seconds(cluster) * kCovered;
  };
  const auto at = std::find_if(tracks.begin(), tracks.end(), plays);
  return at != tracks.end() ? &*at : nullptr;
}

bool is_series(const Group& cluster, const RuledTrack& longest, bool played_together) {
  if (cluster.size() < (played_together ? 2 : kFewEpisodes)) return false;
  const auto median = median_seconds(cluster);
  if (longest.seconds() > median * kDoubleLength) return false;
  const bool towers = longest.seconds() > median * kClusterSpread && longest.seconds() >= kFeatureSeconds;
  return !towers || played_together || cluster.size() >= kSomeEpisodes;
}

}  // namespace

void find_play_all(RuledTracks& tracks) {
  const auto* longest = longest_undecided(tracks);
  std::vector<std::pair<RuledTrack*, Group>> found;
  for (auto& whole : tracks) {
    if (whole.decided) continue;
    auto parts = parts_by_pieces(tracks, whole);
    if (parts.size() < 2 || total_seconds(parts) < whole.seconds() * kCovered) parts = parts_by_sums(tracks, whole);
    if (parts.size() >= 2 && !is_film_in_chapters(whole, parts, longest)) found.emplace_back(&whole, std::move(parts));
  }
  for (auto& [whole, parts] : found) {
    whole->decided =
        make_classification(TrackType::kPlayAll, 0.9, {fmt::format("plays {} one after the other", references(parts))});
  }
}

void find_episodes(RuledTracks& tracks) {
  Group candidates;
  for (auto& track : tracks) {
    const bool fits = track.seconds() >= kShortestEpisode && track.seconds() <= kLongestEpisode;
    if (!track.decided && fits) candidates.push_back(&track);
  }
  const auto cluster = find_cluster(candidates);
  const auto* longest = longest_undecided(tracks);
  if (cluster.empty()) return;
  const auto* together = play_all_of(tracks, cluster);
  if (!is_series(cluster, *longest, together != nullptr)) return;
  const auto median = median_seconds(cluster);
  for (auto& track : tracks) {
    if (track.decided) continue;
    const bool in_cluster = std::find(cluster.begin(), cluster.end(), &track) != cluster.end();
    if (!in_cluster && track.seconds() <= median * kClusterSpread) continue;
    std::vector<std::string> reasons{fmt::format("one of {} of about {}", cluster.size(), human_duration(median))};
    if (!in_cluster) reasons = {"longer than the other episodes, but no film beside them"};
    if (together != nullptr) reasons.push_back(together->reference() + " plays them all");
    const double score = !in_cluster ? 0.5 : together != nullptr ? 0.9 : 0.7;
    track.decided = make_classification(TrackType::kEpisode, score, std::move(reasons));
  }
}

}  // namespace amphi
