// Steps that would write the same file, or one that is recorded for something else.
#pragma once

#include <vector>

#include "amphi/plan.hpp"

namespace amphi {

// Blocks each of them, with a reason that names the others. Names count as the same as collision_key says.
void block_conflicts(std::vector<PlannedStep>& steps, const std::vector<TrackSnapshot>& tracks,
                     const std::map<std::string, std::string>& taken);

}  // namespace amphi
