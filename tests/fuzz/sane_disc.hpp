// What every reader promises of the disc it gives, whatever the source was.
#pragma once

#include "amphi/disc.hpp"

namespace amphi::fuzz {

void demand_sane(const ScannedDisc& disc);

}  // namespace amphi::fuzz
