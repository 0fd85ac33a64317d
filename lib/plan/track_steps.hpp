// The steps of one track, chained; conflicts with other tracks are not looked at here.
#pragma once

#include <vector>

#include "amphi/plan.hpp"

namespace amphi {

std::vector<PlannedStep> make_track_steps(const TrackSnapshot& track, const PlanInput& input);

// What the plan does not do, or leaves as it is, and why.
std::vector<std::string> make_track_notes(const TrackSnapshot& track, const PlanInput& input);

}  // namespace amphi
