// How many sectors of a step's scratch a power cut could not have taken: 16 hex digits in the root's `.amphi/progress`,
// written by amphi-reader after each sync of what it counts.
#pragma once

#include <cstdint>

#include "step/step_work.hpp"

namespace amphi {

Handle open_record(const StepWork& work);
std::int64_t recorded_sectors(int record);  // 0 where nothing is recorded, or no number

}  // namespace amphi
