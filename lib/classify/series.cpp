#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kShortestEpisode = 10 * 60, kLongestEpisode = 75 * 60;
constexpr double kLongestLabelled = 120 * 60;  // where the label says that it is a series
constexpr double kClusterSpread = 1.2;         // longest over shortest of one series
constexpr double kBareSpread = 1.1;            // the same where nothing but lengths speaks for episodes
constexpr double kDoubleLength = 2.3;          // a long first episode, over the median
constexpr double kFeatureSeconds = 60 * 60;    // what is longer than the cluster and this may be a film
constexpr double kCovered = 0.95;              // of a cluster, by its play-all
constexpr double kShorter = 0.8;               // a short last episode, over the median
constexpr int kEpisodeChapters = 3;
constexpr std::size_t kFewEpisodes = 3, kSomeEpisodes = 4;

bool is_alike(const RuledTrack& a, const RuledTrack& b) {
  return rates_agree(a.rate(), b.rate(), kSameRate);
}

// An episode has chapters (skipping the titles is what they are for); extras of one length are bare clips.
bool has_shape(const Group& group) {
  const bool divided = std::all_of(group.begin(), group.end(), [](const auto* track) { return track->chapters() > 1; });
  const auto [shortest, longest] = std::minmax_element(
      group.begin(), group.end(), [](const auto* a, const auto* b) { return a->seconds() < b->seconds(); });
  return divided || (*longest)->seconds() <= (*shortest)->seconds() * kBareSpread;
}

// The most tracks of about one length and one bit rate; of equally many the larger ones.
Group find_cluster(const Group& candidates) {
  Group best;
  for (const auto* shortest : candidates) {
    Group group;
    for (auto* track : candidates) {
      const bool fits =
          track->seconds() >= shortest->seconds() && track->seconds() <= shortest->seconds() * kClusterSpread;
      if (fits && is_alike(*track, *shortest)) group.push_back(track);
    }
    if (!has_shape(group)) continue;
    if (group.size() > best.size() || (group.size() == best.size() && median_rate(group) > median_rate(best)))
      best = group;
  }
  return best;
}

const RuledTrack* play_all_of(const RuledTracks& tracks, const Group& cluster) {
  const auto plays = [&](const RuledTrack& track) {
    return has_type(track, TrackType::kPlayAll) && track.seconds() >= total_seconds(cluster) * kCovered;
  };
  const auto at = std::find_if(tracks.begin(), tracks.end(), plays);
  return at != tracks.end() ? &*at : nullptr;
}

struct Series {
  Group cluster;
  const RuledTrack* together = nullptr;  // their play-all
  bool labelled = false;
  double seconds = 0, rate = 0;  // medians
};

// What could be the film that the cluster's tracks are extras of: longer, and not thinner than they.
const RuledTrack* find_film(const RuledTracks& tracks, const Series& series) {
  const RuledTrack* film = nullptr;
  for (const auto& track : tracks) {
    if (track.decided || track.seconds() <= series.seconds * kClusterSpread) continue;
    if (track.rate() > 0 && track.rate() * kSameRate < series.rate) continue;
    if (film == nullptr || track.seconds() > film->seconds()) film = &track;
  }
  return film;
}

bool are_divided_alike(const Group& group) {
  return std::all_of(group.begin(), group.end(), [&](const auto* track) {
    return track->chapters() >= kEpisodeChapters && track->chapters() == group.front()->chapters();
  });
}

// Two of about the same length and make that are no two cuts: the last disc of a season.
bool is_pair(const Group& cluster) {
  const auto &first = *cluster.front(), &second = *cluster.back();
  const bool apart = first.pieces.empty() ? second.seconds() < kFilmSeconds && first.seconds() < kFilmSeconds
                                          : shared_pieces(first, second) == 0;
  return apart && are_divided_alike(cluster);
}

// A first episode of double length is encoded as the others are and has twice their chapters; extras are not.
bool is_long_first_episode(const RuledTrack& film, const Series& series) {
  const auto& other = *series.cluster.front();
  return film.rate() > 0 && rates_agree(film.rate(), series.rate, kSameRate) && are_divided_alike(series.cluster) &&
         film.chapters() > other.chapters() && film.chapters() <= other.chapters() * kDoubleLength;
}

bool is_film_beside(const RuledTrack& film, const Series& series) {
  const bool richer = series.rate > 0 && film.rate() > series.rate * kRicher;
  if (richer || film.seconds() > series.seconds * kDoubleLength) return true;
  if (film.seconds() < kFeatureSeconds || is_long_first_episode(film, series)) return false;
  return series.together == nullptr && series.cluster.size() < kSomeEpisodes;
}

bool is_series(const RuledTracks& tracks, const Series& series) {
  if (series.labelled) return true;
  const auto* film = find_film(tracks, series);
  if (film != nullptr && is_film_beside(*film, series)) return false;
  if (series.cluster.size() == 2) return series.together != nullptr || is_pair(series.cluster);
  return series.cluster.size() >= kFewEpisodes;
}

// Not of the cluster's length, but made as its tracks are: a long first episode, a short last one.
bool is_odd_one(const RuledTrack& track, const Series& series) {
  if (track.is_bare_clip() != series.cluster.front()->is_bare_clip()) return false;
  return track.seconds() >= series.seconds * kShorter && track.seconds() <= series.seconds * kDoubleLength &&
         rates_agree(track.rate(), series.rate, kSameRate);
}

double score_of(const Series& series, bool in_cluster) {
  if (!in_cluster) return 0.5;
  if (series.together != nullptr || series.labelled) return 0.9;
  return series.cluster.size() >= kSomeEpisodes ? 0.8 : series.cluster.size() >= kFewEpisodes ? 0.7 : 0.5;
}

Classification episode(const RuledTrack& track, const Series& series) {
  const bool in_cluster = std::find(series.cluster.begin(), series.cluster.end(), &track) != series.cluster.end();
  std::vector<std::string> reasons;
  reasons.push_back(in_cluster
                        ? fmt::format("one of {} of about {}", series.cluster.size(), human_duration(series.seconds))
                        : fmt::format("{} instead of about {}, but made as the other episodes are",
                                      human_duration(track.seconds()), human_duration(series.seconds)));
  if (series.together != nullptr && track.play_all == series.together)
    reasons.push_back(series.together->reference() + " plays them all");
  if (series.labelled) reasons.emplace_back("the disc's label names a season");
  return make_classification(TrackType::kEpisode, score_of(series, in_cluster), std::move(reasons));
}

// Of a disc that says it is a series only what is encoded as well as its best: the rest are extras.
Group candidates_of(RuledTracks& tracks, bool labelled) {
  auto group = undecided_tracks(tracks);
  std::erase_if(group, [&](const auto* track) {
    return track->seconds() < kShortestEpisode || track->seconds() > (labelled ? kLongestLabelled : kLongestEpisode);
  });
  if (!labelled) return group;
  double best = 0;
  for (const auto* track : group) best = std::max(best, track->rate());
  std::erase_if(group, [&](const auto* track) { return !rates_agree(track->rate(), best, kRicher); });
  return group;
}

}  // namespace

void find_episodes(RuledTracks& tracks, bool labelled) {
  Series series;
  series.cluster = find_cluster(candidates_of(tracks, labelled));
  if (series.cluster.empty()) return;
  series.together = play_all_of(tracks, series.cluster);
  series.labelled = labelled;
  series.seconds = median_seconds(series.cluster);
  series.rate = median_rate(series.cluster);
  if (!is_series(tracks, series)) return;
  for (auto* track : undecided_tracks(tracks)) {
    const bool in_cluster = std::find(series.cluster.begin(), series.cluster.end(), track) != series.cluster.end();
    if (in_cluster || is_odd_one(*track, series)) track->decided = episode(*track, series);
  }
}

}  // namespace amphi
