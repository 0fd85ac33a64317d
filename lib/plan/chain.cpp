#include "plan/chain.hpp"

#include <algorithm>

namespace amphi {
namespace {

// Until such a stage is looked into, nobody knows whether the stages before it are needed.
bool hides_what_is_before(const StageSnapshot& stage) {
  return stage.verdict == Verdict::kChanged || stage.verdict == Verdict::kUnreadable ||
         stage.verdict == Verdict::kUnverified || is_to_be_adopted(stage);
}

// A library that is not mounted still holds what was put there.
bool may_hold_the_result(const StageSnapshot& stage) {
  return stands(stage) || stage.verdict == Verdict::kUnreadable;
}

}  // namespace

std::vector<Stage> stages_until(const TrackSnapshot& track, Stage until) {
  const bool is_copied = track.preset == kCopyPreset && !stands(track.stages[Stage::kTranscode]);
  std::vector<Stage> chain;
  for (const Stage stage : kStages)
    if (stage <= until && !(is_copied && stage == Stage::kTranscode)) chain.push_back(stage);
  return chain;
}

bool stands(const StageSnapshot& stage) {
  return stage.verdict == Verdict::kDone && !stage.stale;
}

bool is_settled(const TrackSnapshot& track, Stage stage) {
  if (stands(track.stages[stage])) return true;
  if (track.stages[stage].verdict != Verdict::kRemoved) return false;
  return std::any_of(kStages.begin(), kStages.end(),
                     [&](Stage later) { return later > stage && may_hold_the_result(track.stages[later]); });
}

bool is_to_be_adopted(const StageSnapshot& stage) {
  if (stage.stale) return false;
  const bool is_absent =
      stage.verdict == Verdict::kPending || stage.verdict == Verdict::kMissing || stage.verdict == Verdict::kRemoved;
  return stage.verdict == Verdict::kUnverified || (is_absent && stage.foreign_file);
}

std::vector<Stage> stages_to_do(const TrackSnapshot& track, Stage until) {
  auto chain = stages_until(track, until);
  if (is_settled(track, chain.back())) return {};
  auto first = chain.end() - 1;
  while (first != chain.begin()) {
    if (hides_what_is_before(track.stages[*first])) break;
    // An input must be there: that it was cleaned up for the sake of a later stage is no help to this one.
    if (stands(track.stages[*(first - 1)])) break;
    --first;
  }
  return {first, chain.end()};
}

}  // namespace amphi
