#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kShortestEpisode = 10 * 60, kLongestEpisode = 75 * 60;
constexpr double kClusterSpread = 1.2;       // longest over shortest of one series
constexpr double kBareSpread = 1.1;          // the same where nothing but lengths speaks for episodes
constexpr double kDoubleLength = 2.3;        // a long first episode, over the median
constexpr double kFeatureSeconds = 60 * 60;  // what is longer than the cluster and this may be a film
constexpr double kPlaysAll = 0.95;           // of a cluster, by its play-all
constexpr double kShorter = 0.8;             // a short last episode, over the median
constexpr double kDividedSpread = 1.4;       // the same of tracks with the same number of chapters
constexpr int kEpisodeChapters = 3;
constexpr std::size_t kFewEpisodes = 3, kSomeEpisodes = 4;

bool is_alike(const RuledTrack& a, const RuledTrack& b) {
  return rates_agree(a.rate(), b.rate(), kSameRate);
}

bool is_divided_as(const RuledTrack& a, const RuledTrack& b) {
  return a.chapters() >= kEpisodeChapters && a.chapters() == b.chapters();
}

bool are_divided_alike(const Group& group) {
  return std::all_of(group.begin(), group.end(),
                     [&](const auto* track) { return is_divided_as(*track, *group.front()); });
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
      const auto spread = is_divided_as(*track, *shortest) ? kDividedSpread : kClusterSpread;
      const bool fits = track->seconds() >= shortest->seconds() && track->seconds() <= shortest->seconds() * spread;
      if (fits && is_alike(*track, *shortest)) group.push_back(track);
    }
    if (!has_shape(group)) continue;
    if (group.size() > best.size() || (group.size() == best.size() && median_rate(group) > median_rate(best)))
      best = group;
  }
  return best;
}

RuledTrack* play_all_of(RuledTracks& tracks, const Group& cluster) {
  const auto plays = [&](const RuledTrack& track) {
    return has_type(track, TrackType::kPlayAll) && track.seconds() >= total_seconds(cluster) * kPlaysAll;
  };
  const auto at = std::find_if(tracks.begin(), tracks.end(), plays);
  return at != tracks.end() ? &*at : nullptr;
}

struct Series {
  Group cluster;
  RuledTrack* together = nullptr;  // their play-all
  bool labelled = false, paired = false;
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

// Two that are no two cuts, the last disc of a season: the largest two of the disc, side by side, divided and encoded
// alike, without a clip in common. Of a DVD's log the clips cannot be compared; there films are too likely.
Group find_pair(Group candidates) {
  if (candidates.size() < 2) return {};
  std::partial_sort(candidates.begin(), candidates.begin() + 2, candidates.end(),
                    [](const auto* a, const auto* b) { return a->bytes() > b->bytes(); });
  candidates.resize(2);
  std::sort(candidates.begin(), candidates.end(),
            [](const auto* a, const auto* b) { return comes_before(*a->scanned, *b->scanned); });
  const auto &first = *candidates.front(), &second = *candidates.back();
  const auto longer = std::max(first.seconds(), second.seconds()),
             shorter = std::min(first.seconds(), second.seconds());
  const bool apart = first.pieces.empty() ? longer < kFilmSeconds : shared_pieces(first, second) == 0;
  const bool fits = apart && longer <= shorter * kDividedSpread && is_alike(first, second) &&
                    are_divided_alike(candidates) && follows_on(*first.scanned, *second.scanned);
  return fits ? candidates : Group();
}

// A first episode of double length is encoded as the others are and has as many chapters or twice as many; a film has
// more.
bool is_long_first_episode(const RuledTrack& film, const Series& series) {
  const auto& other = *series.cluster.front();
  return film.rate() > 0 && rates_agree(film.rate(), series.rate, kSameRate) && are_divided_alike(series.cluster) &&
         film.chapters() >= other.chapters() && film.chapters() <= other.chapters() * kDoubleLength;
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
  return series.paired || series.cluster.size() >= (series.together != nullptr ? 2 : kFewEpisodes);
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
    return track->seconds() < kShortestEpisode || (!labelled && track->seconds() > kLongestEpisode);
  });
  if (!labelled) return group;
  double best = 0;
  for (const auto* track : group) best = std::max(best, track->rate());
  std::erase_if(group, [&](const auto* track) { return !rates_agree(track->rate(), best, kRicher); });
  return group;
}

Series make_series(RuledTracks& tracks, Group cluster, bool labelled) {
  Series series;
  series.cluster = std::move(cluster);
  series.together = play_all_of(tracks, series.cluster);
  series.labelled = labelled;
  series.seconds = median_seconds(series.cluster);
  series.rate = median_rate(series.cluster);
  return series;
}

std::optional<Series> find_series(RuledTracks& tracks, bool labelled) {
  const auto candidates = candidates_of(tracks, labelled);
  auto series = make_series(tracks, find_cluster(candidates), labelled);
  if (!series.cluster.empty() && is_series(tracks, series)) return series;
  series = make_series(tracks, find_pair(candidates), labelled);
  series.paired = true;
  return !series.cluster.empty() && is_series(tracks, series) ? std::optional(series) : std::nullopt;
}

// One playlist of several clips, each as long as an episode and as long as the others.
Classification volume(std::size_t count, double seconds) {
  return make_classification(
      TrackType::kEpisode, 0.6,
      {fmt::format("plays {} clips of about {}, as several episodes are", count, human_duration(seconds))});
}

void find_volumes(RuledTracks& tracks) {
  for (auto* track : undecided_tracks(tracks)) {
    if (track->is_dvd_title()) continue;
    if (const auto clips = find_episode_clips(*track->scanned)) track->decided = volume(clips->count, clips->seconds);
  }
}

}  // namespace

void find_episodes(RuledTracks& tracks, bool labelled) {
  find_volumes(tracks);
  const auto series = find_series(tracks, labelled);
  if (!series) return;
  if (series->together != nullptr)
    series->together->decided = make_classification(TrackType::kPlayAll, 0.9, series->together->decided->reasons);
  for (auto* track : undecided_tracks(tracks)) {
    const bool in_cluster = std::find(series->cluster.begin(), series->cluster.end(), track) != series->cluster.end();
    if (in_cluster || is_odd_one(*track, *series)) track->decided = episode(*track, *series);
  }
}

}  // namespace amphi
