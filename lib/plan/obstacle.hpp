// What keeps a step from starting: it waits for something outside, or is blocked until somebody decides.
#pragma once

#include <optional>
#include <string>

#include "amphi/plan.hpp"

namespace amphi {

struct Obstacle {
  StepState state = StepState::kWaiting;
  std::string reason;
};

// `step` has its track, stage, action and output; other steps of the plan are not looked at.
std::optional<Obstacle> find_obstacle(const TrackSnapshot& track, const PlannedStep& step, const PlanInput& input);

// Why a failed step is not tried again by resuming; nothing when it may be.
std::optional<Obstacle> failure_obstacle(const TrackSnapshot& track, Stage stage, int max_attempts);

}  // namespace amphi
