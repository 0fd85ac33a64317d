// What each track of a disc is: main feature, trailer, episode ... with a score and the reasons for it. Pure.
#pragma once

#include <vector>

#include "amphi/disc.hpp"
#include "amphi/track.hpp"

namespace amphi {

// One classification per track, in the disc's order. When two tracks tie for the main feature both say so.
std::vector<Classification> classify(const ScannedDisc& disc);

}  // namespace amphi
