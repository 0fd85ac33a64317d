// What the rippers demand.
#pragma once

#include "step/step_work.hpp"

namespace amphi {

// Another disc may be in the drive by now. Throws StepError "medium".
void demand_same_disc(const StepWork& work);
// Of `bad` sectors that could not be read. Throws StepError "medium" where there are any.
void demand_every_sector(const StepWork& work, std::int64_t bad);

}  // namespace amphi
