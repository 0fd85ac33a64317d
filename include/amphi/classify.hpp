// What each track of a disc is: main feature, trailer, episode ... with a score and the reasons for it. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/track.hpp"

namespace amphi {

// One classification per track, in the disc's order. Several main features are cuts or languages of a film. When tracks
// tie for the main feature and nothing tells them apart, one of them is taken with a lower score, and all say so.
std::vector<Classification> classify(const ScannedDisc& disc);

// The reason by which a track says that it ties with the one of that reference, and those of a classification.
std::string tie_reason(std::string_view reference);
std::vector<std::string> ties_of(const Classification& classification);

}  // namespace amphi
