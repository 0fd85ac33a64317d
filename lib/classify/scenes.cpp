#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/author_names.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr std::size_t kMostScenes = 30;  // beyond, they are the pieces of a guide or a game
constexpr std::size_t kManyScenes = 8;
constexpr double kShortestScene = 40;  // seconds, the median of a group
constexpr double kSceneSpread = 2.5;   // longest over shortest: scenes last as they do, parts are cut to length
constexpr double kLongestInRun = 6 * 60;
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

// Tracks whose numbers follow on each other, none longer than `longest`, encoded alike.
std::vector<Group> groups_of_neighbours(RuledTracks& tracks, double longest) {
  std::vector<Group> groups;
  for (auto* track : undecided_tracks(tracks)) {
    if (track->play_all != nullptr || track->seconds() > longest) continue;
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

bool have_lengths_of_scenes(const Group& group, const ExtraLimits& limits) {
  const auto median = median_seconds(group);
  const auto [shortest, longest] = std::minmax_element(
      group.begin(), group.end(), [](const auto* a, const auto* b) { return a->seconds() < b->seconds(); });
  return group.size() >= limits.fewest_scenes && median >= kShortestScene && median <= limits.longest_scene &&
         (*longest)->seconds() >= (*shortest)->seconds() * kSceneSpread;
}

bool are_trailers_by_length(const Group& group, const ExtraLimits& limits) {
  return group.size() < limits.fewest_scenes && median_seconds(group) >= limits.shortest &&
         std::all_of(group.begin(), group.end(),
                     [&](const auto* track) { return track->seconds() <= limits.longest_trailer; });
}

void decide_parts(const Group& group, const ExtraLimits& limits) {
  const auto what = fmt::format("one of {} parts of {}, median {}", group.size(), group.front()->play_all->reference(),
                                human_duration(median_seconds(group)));
  if (group.size() <= kMostScenes && have_lengths_of_scenes(group, limits)) {
    take(group, TrackType::kDeletedScenes, group.size() >= kManyScenes ? 0.8 : 0.6, what);
  } else if (are_trailers_by_length(group, limits)) {
    take(group, TrackType::kTrailers, 0.6, what);
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

// A scene would be called one where the author named other playlists, so names that say nothing speak against it.
void decide_neighbours(Group group, RuledTracks& tracks, const ExtraLimits& limits) {
  std::erase_if(group, [](const auto* track) { return has_author_name(*track); });
  if (!have_lengths_of_scenes(group, limits)) return;
  const auto what = fmt::format("one of {} side by side, median {}, of one bit rate", group.size(),
                                human_duration(median_seconds(group)));
  if (group.size() > kMostScenes) {
    take(group, TrackType::kOther, 0.4, what + ": pieces of a guide or a game");
  } else if (is_richer_than_the_rest(group, tracks)) {
    take(group, TrackType::kTrailers, 0.5, what + " that is higher than the other extras'");
  } else {
    take(group, TrackType::kDeletedScenes, 0.5, what);
  }
}

// Short ones side by side with more featurettes of the same make are featurettes.
void decide_company(const Group& group, const ExtraLimits& limits) {
  Group shorts;
  std::copy_if(group.begin(), group.end(), std::back_inserter(shorts), [&](const auto* track) {
    return track->seconds() >= limits.shortest && track->seconds() < kPlainFeaturette;
  });
  if (group.size() < kFewestInCompany || shorts.size() * 2 >= group.size()) return;
  take(shorts, TrackType::kFeaturettes, 0.5,
       fmt::format("short, but side by side with {} featurettes of its bit rate", group.size() - shorts.size()));
}

}  // namespace

void find_scenes(RuledTracks& tracks, const ExtraLimits& limits) {
  for (const auto& group : groups_of_play_alls(tracks)) decide_parts(group, limits);
  for (const auto& group : groups_of_neighbours(tracks, kLongestInRun)) decide_neighbours(group, tracks, limits);
}

void find_company(RuledTracks& tracks, const ExtraLimits& limits) {
  constexpr auto kAnyLength = std::numeric_limits<double>::infinity();
  for (const auto& group : groups_of_neighbours(tracks, kAnyLength)) decide_company(group, limits);
}

}  // namespace amphi
