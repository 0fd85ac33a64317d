#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/author_names.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr std::size_t kMostScenes = 30;  // beyond, they are the pieces of a guide or a game
constexpr std::size_t kManyScenes = 8;
constexpr double kShortestScene = 40;  // seconds, the median of a group
constexpr double kOneMake = 1.15;      // highest over lowest bit rate
constexpr double kSceneSpread = 2.5;   // longest over shortest: scenes last as they do, parts are cut to length
constexpr std::size_t kFewestTrailers = 3;
constexpr std::size_t kFewestInCompany = 4;

// The parts of each play-all, by reference.
std::vector<Group> groups_of_play_alls(RuledTracks& tracks) {
  std::vector<Group> groups;
  for (auto* track : undecided_tracks(tracks)) {
    if (track->play_all == nullptr) continue;
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const auto& each) { return each.front()->play_all == track->play_all; });
    if (group != groups.end()) {
      group->push_back(track);
    } else {
      groups.push_back({track});
    }
  }
  return groups;
}

// Tracks whose numbers follow on each other, encoded alike.
std::vector<Group> groups_of_neighbours(RuledTracks& tracks) {
  std::vector<Group> groups;
  for (auto* track : undecided_tracks(tracks)) {
    if (track->play_all != nullptr) continue;
    const bool follows = !groups.empty() && follows_on(*groups.back().back()->scanned, *track->scanned) &&
                         rates_agree(groups.back().front()->rate(), track->rate(), kSameRate);
    if (!follows) groups.emplace_back();
    groups.back().push_back(track);
  }
  return groups;
}

void take(const Group& group, TrackType type, double score, const std::string& reason) {
  for (auto* track : group) track->decided = make_classification(type, score, {reason});
}

double spread_of(const Group& group) {
  const auto [shortest, longest] = std::minmax_element(
      group.begin(), group.end(), [](const auto* a, const auto* b) { return a->seconds() < b->seconds(); });
  return (*shortest)->seconds() > 0 ? (*longest)->seconds() / (*shortest)->seconds() : 1;
}

bool none_is_longer(const Group& group, double seconds) {
  return std::all_of(group.begin(), group.end(), [&](const auto* track) { return track->seconds() <= seconds; });
}

// What was cut out of one film is encoded in one go; previews come from many makers. Of the shortest, overhead tells.
bool are_of_one_make(const Group& group) {
  double least = 0, most = 0;
  for (const auto* track : group) {
    if (track->rate() <= 0 || track->seconds() < kShortestScene) continue;
    least = least > 0 ? std::min(least, track->rate()) : track->rate();
    most = std::max(most, track->rate());
  }
  return most <= least * kOneMake;
}

bool have_lengths_of_scenes(const Group& group, const ExtraLimits& limits) {
  const auto median = median_seconds(group);
  return group.size() >= limits.fewest_scenes && group.size() <= kMostScenes && median >= kShortestScene &&
         median <= limits.longest_scene && spread_of(group) >= kSceneSpread;
}

bool are_few_trailers(const Group& group, const ExtraLimits& limits) {
  return group.size() >= kFewestTrailers && group.size() < limits.fewest_scenes && spread_of(group) <= kSceneSpread &&
         none_is_longer(group, limits.longest_trailer);
}

void decide_parts(const Group& group, const ExtraLimits& limits) {
  const auto what = fmt::format("one of {} parts of {}, median {}", group.size(), group.front()->play_all->reference(),
                                human_duration(median_seconds(group)));
  if (have_lengths_of_scenes(group, limits)) {
    if (are_of_one_make(group)) {
      take(group, TrackType::kDeletedScenes, group.size() >= kManyScenes ? 0.8 : 0.6, what);
    } else {
      take(group, TrackType::kTrailers, 0.5, what + ", of unlike bit rates");
    }
  } else if (are_few_trailers(group, limits)) {
    take(group, TrackType::kTrailers, 0.55, what);
  } else if (group.size() < limits.fewest_scenes && none_is_longer(group, kPlainFeaturette)) {
    take(group, TrackType::kDeletedScenes, 0.4, what);
  } else {
    take(group, TrackType::kFeaturettes, 0.5, what);
  }
}

// What was mastered for cinemas comes at a higher bit rate than what was made for the disc.
bool is_richer_than_the_rest(const Group& group, RuledTracks& tracks) {
  auto rest = undecided_tracks(tracks);
  std::erase_if(rest, [&](auto* track) { return std::find(group.begin(), group.end(), track) != group.end(); });
  const auto rate = median_rate(rest);
  return rate > 0 && median_rate(group) > rate * kRicher;
}

Group shorts_of(const Group& group) {
  Group shorts;
  std::copy_if(group.begin(), group.end(), std::back_inserter(shorts),
               [](const auto* track) { return track->seconds() < kPlainFeaturette; });
  return shorts;
}

// Without a play-all to hold them together many short ones are what one featurette was cut into, or trailers. What the
// disc's author has named is none of many.
void decide_many(Group shorts, RuledTracks& tracks, const ExtraLimits& limits) {
  std::erase_if(shorts, [](const auto* track) { return has_author_name(*track); });
  if (shorts.size() < limits.fewest_scenes || median_seconds(shorts) < kShortestScene) return;
  const auto what =
      fmt::format("one of {} side by side, median {}", shorts.size(), human_duration(median_seconds(shorts)));
  if (shorts.size() <= kManyScenes && is_richer_than_the_rest(shorts, tracks)) {
    take(shorts, TrackType::kTrailers, 0.45, what + ", of a higher bit rate than the other extras");
  } else {
    take(shorts, TrackType::kFeaturettes, 0.45, what + ", of one bit rate");
  }
}

// A short one between featurettes of the same make is one; the last of a row is as often the trailer.
void decide_company(const Group& group, const Group& shorts, const ExtraLimits& limits) {
  if (group.size() < kFewestInCompany || shorts.size() * 2 >= group.size()) return;
  auto between = shorts;
  std::erase_if(between,
                [&](const auto* track) { return track == group.back() || track->seconds() < limits.shortest; });
  take(between, TrackType::kFeaturettes, 0.5,
       fmt::format("short, but between {} featurettes of its bit rate", group.size() - shorts.size()));
}

}  // namespace

void find_scenes(RuledTracks& tracks, const ExtraLimits& limits) {
  for (const auto& group : groups_of_play_alls(tracks)) decide_parts(group, limits);
}

void find_company(RuledTracks& tracks, const ExtraLimits& limits) {
  for (const auto& group : groups_of_neighbours(tracks)) {
    const auto shorts = shorts_of(group);
    decide_company(group, shorts, limits);
    if (shorts.empty() || !shorts.front()->decided) decide_many(shorts, tracks, limits);
  }
}

}  // namespace amphi
