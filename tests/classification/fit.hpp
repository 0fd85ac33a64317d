// The lengths that tell extras apart, chosen anew from real discs; leaving one out at a time shows what they are worth
// on a disc that they were not chosen from.
#pragma once

#include <optional>
#include <vector>

#include "classify/rules.hpp"
#include "score.hpp"

namespace amphi::test {

// How one choice of limits classifies each disc, and how right that is.
struct Trial {
  ExtraLimits limits;
  Classes classes;
  std::vector<Kinds> kinds;  // per disc
};

// Every combination that is tried, the preferred values first.
std::vector<Trial> try_all(const std::vector<JudgedDisc>& discs);

// The first of the best for all discs but `left_out`.
const Trial& fit(const std::vector<Trial>& trials, std::optional<std::size_t> left_out);

// Each disc by the limits fitted to the others.
Classes leave_one_out(const std::vector<Trial>& trials);

}  // namespace amphi::test
