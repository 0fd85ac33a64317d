#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kShortestFeature = 60;     // below this nothing is a main feature
constexpr double kLikelyFeature = 20 * 60;  // below this it is only the longest there is
constexpr double kTowers = 2;               // longest over the next

using Group = std::vector<RuledTrack*>;

// All within 1 % of the longest, by reference.
Group find_ties(RuledTracks& tracks, const RuledTrack& longest) {
  Group ties;
  for (auto& track : tracks) {
    if (!track.decided && track.seconds() >= longest.seconds() * kTie) ties.push_back(&track);
  }
  std::sort(ties.begin(), ties.end(),
            [](const auto* a, const auto* b) { return comes_before(*a->scanned, *b->scanned); });
  return ties;
}

bool is_noted(const RuledTrack& track) {
  return track.scanned->ripper_note.find("FPL_MainFeature") != std::string::npos;
}

double next_longest(const RuledTracks& tracks, const Group& ties) {
  double next = 0;
  for (const auto& track : tracks) {
    if (track.decided || std::find(ties.begin(), ties.end(), &track) != ties.end()) continue;
    next = std::max(next, track.seconds());
  }
  return next;
}

double score_of(const RuledTrack& track, double next, bool tied) {
  const bool towers = track.seconds() >= next * kTowers;
  double score = track.seconds() >= kFilmSeconds ? 0.85 : track.seconds() >= kLikelyFeature ? 0.6 : 0.35;
  if (towers && track.seconds() >= kLikelyFeature) score += 0.1;
  return tied && !is_noted(track) ? std::min(score, 0.6) : score;
}

std::vector<std::string> reasons_of(const RuledTrack& chosen, const Group& ties, double next) {
  std::vector<std::string> reasons;
  reasons.push_back(fmt::format("the longest track, {}", human_duration(chosen.seconds())));
  if (next > 0) reasons.push_back(fmt::format("the next is {}", human_duration(next)));
  if (chosen.seconds() < kLikelyFeature) reasons.emplace_back("short for a main feature");
  if (is_noted(chosen)) reasons.emplace_back("the disc's own program plays it (FPL_MainFeature)");
  for (const auto* other : ties) {
    if (other != &chosen) reasons.push_back("ties with " + other->reference() + " within 1 %");
  }
  if (ties.size() > 1 && !is_noted(chosen)) reasons.emplace_back("the lowest reference is taken");
  return reasons;
}

struct Guess {
  double below = 0;  // seconds
  TrackType type = TrackType::kOther;
  const char* word = "";
};

// Medians of real discs: deleted scenes 88 s, trailers 135 s, featurettes 564 s, with wide overlap.
constexpr Guess kGuesses[] = {
    {45, TrackType::kOther, "too short to tell"},
    {110, TrackType::kDeletedScenes, "as long as deleted scenes mostly are"},
    {210, TrackType::kTrailers, "as long as trailers mostly are"},
    {45 * 60, TrackType::kFeaturettes, "as long as featurettes mostly are"},
};

Classification guess(double seconds) {
  for (const auto& [below, type, word] : kGuesses) {
    if (seconds < below) return make_classification(type, type == TrackType::kOther ? 0.2 : 0.3, {word});
  }
  return make_classification(TrackType::kOther, 0.2, {"too long for an extra, shorter than the main feature"});
}

}  // namespace

void find_main_feature(RuledTracks& tracks) {
  const auto* longest = longest_undecided(tracks);
  if (longest == nullptr || longest->seconds() < kShortestFeature) return;
  const bool series = std::any_of(tracks.begin(), tracks.end(), [](const RuledTrack& track) {
    return track.decided && track.decided->type == TrackType::kEpisode;
  });
  if (series) return;
  const auto ties = find_ties(tracks, *longest);
  const auto noted = std::find_if(ties.begin(), ties.end(), [](const auto* track) { return is_noted(*track); });
  auto* chosen = noted != ties.end() ? *noted : ties.front();
  const auto next = next_longest(tracks, ties);
  chosen->decided = make_classification(TrackType::kMainFeature, score_of(*chosen, next, ties.size() > 1),
                                        reasons_of(*chosen, ties, next));
  for (auto* other : ties) {
    if (other == chosen) continue;
    other->decided = make_classification(
        TrackType::kOther, 0.4,
        {fmt::format("ties with {} within 1 % for the main feature", chosen->reference()), "perhaps another edition"});
  }
}

void guess_extras(RuledTracks& tracks) {
  for (auto& track : tracks) {
    if (!track.decided) track.decided = guess(track.seconds());
  }
}

}  // namespace amphi
