// The lengths that tell extras apart, chosen anew from real discs; leaving one out at a time shows what they are worth
// on a disc that they were not chosen from.
#pragma once

#include <vector>

#include "classify/rules.hpp"
#include "score.hpp"

namespace amphi::test {

// Every combination that is tried, the preferred values first.
const std::vector<ExtraLimits>& candidates();

// How each candidate classifies each disc.
using Trials = std::vector<Classes>;
Trials try_all(const std::vector<JudgedDisc>& discs);

// The first of the best for all discs but `left_out`.
std::size_t fit(const std::vector<JudgedDisc>& discs, const Trials& trials, std::optional<std::size_t> left_out);

// Each disc by the limits fitted to the others.
Classes leave_one_out(const std::vector<JudgedDisc>& discs, const Trials& trials);

}  // namespace amphi::test
