#include "plan/obstacle.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "plan/wording.hpp"

namespace amphi {
namespace {

Obstacle waits(std::string reason) {
  return {StepState::kWaiting, std::move(reason)};
}

Obstacle is_blocked(std::string reason) {
  return {StepState::kBlocked, std::move(reason)};
}

std::optional<Obstacle> verdict_obstacle(const StageSnapshot& stage, const PlannedStep& step) {
  const auto noun = noun_of(step.stage);
  const auto path = recorded_path(stage, step.output);
  if (stage.verdict == Verdict::kChanged)
    return is_blocked(fmt::format("{} changed since it was recorded{}: {}; settle it with track adopt or track reset",
                                  noun, difference(stage), path));
  if (stage.verdict == Verdict::kUnreadable)
    return waits(fmt::format("{} cannot be looked at: {}: {}", noun, path, trouble_of(stage)));
  if (stage.stale && stage.verdict == Verdict::kUnverified)
    return is_blocked(
        fmt::format("{} is flagged for reprocessing but was never verified: {}; settle it with track adopt or "
                    "track reset",
                    noun, path));
  if (stage.stale && stage.foreign_file && stage.verdict != Verdict::kDone)
    return is_blocked(
        fmt::format("a file that amphi did not make is in the way: {}; move it away or track adopt it", step.output));
  return std::nullopt;
}

std::optional<Obstacle> place_obstacle(const StageSnapshot& stage, const PlannedStep& step) {
  if (!stage.waiting.empty()) return waits(stage.waiting);
  if (step.output.empty()) return waits("where it would be written is not known");
  return std::nullopt;
}

std::optional<Obstacle> means_obstacle(const TrackSnapshot& track, const PlannedStep& step) {
  if (step.action != Action::kMake) return std::nullopt;
  if (step.stage == Stage::kTranscode && !track.preset_trouble.empty())
    return is_blocked(fmt::format("preset \"{}\": {}", track.preset, track.preset_trouble));
  if (step.stage == Stage::kRip && track.source.empty()) return waits(missing_source(track));
  return std::nullopt;
}

std::optional<Obstacle> space_obstacle(const StageSnapshot& stage, const PlannedStep& step) {
  // What comes after another step is estimated when its input is there.
  if (step.action != Action::kMake || !step.after.empty() || !stage.free_bytes) return std::nullopt;
  const auto needed = stage.needed_bytes - stage.begun_bytes;
  if (needed <= *stage.free_bytes) return std::nullopt;
  return waits(fmt::format("needs about {}, {} has room for {}", human_size(needed), stage.output_root,
                           human_size(*stage.free_bytes)));
}

// Trying again is pointless while what these hang on is as it was.
bool hangs_on_circumstance(const Attempt& failed) {
  const auto& cause = failed.cause;
  if (cause == Cause::kSpace) return !failed.circumstance.empty();  // else nobody could tell how much room there was
  return cause == Cause::kKey || cause == Cause::kPreset || cause == Cause::kTool || cause == Cause::kMedium;
}

// Once it may have been somebody else who filled the disk for a while.
constexpr int kFullTwice = 2;

// A disk that was filled needs clearly more room than there was.
bool has_no_more_room(const std::string& then, const std::string& now) {
  const auto before = parse_int(then), room = parse_int(now);
  return before && room && *room <= *before + *before / 10;
}

bool is_unchanged(const Attempt& failed, const std::map<Cause, std::string>& now) {
  const auto at = now.find(*failed.cause);
  if (failed.cause == Cause::kSpace) return at != now.end() && has_no_more_room(failed.circumstance, at->second);
  return at == now.end() || at->second == failed.circumstance;
}

}  // namespace

std::optional<Obstacle> failure_obstacle(const TrackSnapshot& track, Stage stage, int max_attempts) {
  int tries = 0, full = 0;
  for (const auto& failed : track.failures[stage]) {
    if (!hangs_on_circumstance(failed)) {
      ++tries;
    } else if (!is_unchanged(failed, track.circumstances[stage])) {
      continue;
    } else if (failed.cause != Cause::kSpace) {
      return waits(
          fmt::format("failed: {}; not tried again before the {} changes", failed.message, to_string(*failed.cause)));
    } else if (++full == kFullTwice) {
      return waits(fmt::format("failed: {}; not tried again before there is more room", failed.message));
    }
  }
  if (tries < max_attempts) return std::nullopt;
  const auto& last = track.failures[stage].back();
  return is_blocked(fmt::format("failed {} times, at last: {}; amphi process tries again", tries, last.message));
}

std::optional<Obstacle> find_obstacle(const TrackSnapshot& track, const PlannedStep& step, const PlanInput& input) {
  const auto& stage = track.stages[step.stage];
  if (!track.held_by.empty()) return waits("another amphi works on this track: " + track.held_by);
  if (auto found = verdict_obstacle(stage, step)) return found;
  if (auto found = means_obstacle(track, step)) return found;
  if (auto found = place_obstacle(stage, step)) return found;
  if (auto found = space_obstacle(stage, step)) return found;
  if (input.mode == PlanInput::Mode::kResume) return failure_obstacle(track, step.stage, input.max_attempts);
  return std::nullopt;
}

}  // namespace amphi
