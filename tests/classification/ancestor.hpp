// The rule of the Python ancestor, as a yardstick: what it would say of the same discs.
#pragma once

#include <vector>

#include "amphi/disc.hpp"

namespace amphi::test {

// Its classes per track; its confidence words with them ("high" for every extra).
std::vector<Classification> classify_as_the_ancestor(const ScannedDisc& disc);

}  // namespace amphi::test
