// The order in which steps would start when all take equally long.
#pragma once

#include <vector>

#include "amphi/plan.hpp"

namespace amphi {

// `steps` come track by track, each after those it follows. The rip of the next track lies beside the transcode of the
// last: one rip per source, one transcode, one insert at a time. What cannot start comes last, as does what follows it.
std::vector<PlannedStep> in_starting_order(std::vector<PlannedStep> steps,
                                           const std::map<TrackId, std::string>& sources);

}  // namespace amphi
