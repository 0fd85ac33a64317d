#include "process/lanes.hpp"

#include <algorithm>

namespace amphi {

std::string Lanes::lane_of(const PlannedStep& step) {
  if (step.action == Action::kAdopt) return "adopt";
  if (step.stage == Stage::kRip) return "rip " + step.input;
  return std::string(to_string(step.stage));
}

bool Lanes::is_free(const PlannedStep& step) const {
  const auto lane = lane_of(step);
  const auto taken = taken_.find(lane);
  const int limit = lane == to_string(Stage::kTranscode) ? std::max(jobs_, 1) : 1;
  return taken == taken_.end() || taken->second < limit;
}

}  // namespace amphi
