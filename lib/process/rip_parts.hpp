// What both rippers demand before they start.
#pragma once

#include "process/step_work.hpp"

namespace amphi {

// Another disc may be in the drive by now. Throws StepError "medium".
void demand_same_disc(const StepWork& work);

}  // namespace amphi
