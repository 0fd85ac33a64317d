#include "plan/order.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace amphi {
namespace {

constexpr int kNever = std::numeric_limits<int>::max();

class Lanes {
 public:
  // The first free slot of the lane from `earliest` on; taken from now.
  int take(const std::string& lane, int earliest) {
    auto& busy = busy_[lane];
    while (busy.count(earliest)) ++earliest;
    busy.insert(earliest);
    return earliest;
  }

 private:
  std::map<std::string, std::set<int>> busy_;
};

std::string lane_of(const PlannedStep& step, const std::map<TrackId, std::string>& sources) {
  if (step.stage != Stage::kRip) return std::string(to_string(step.stage));
  const auto at = sources.find(step.track_id);
  return "rip " + (at == sources.end() ? "" : at->second);
}

int end_of(int slot) {
  return slot == kNever ? kNever : slot + 1;
}

bool can_start(const PlannedStep& step) {
  return step.state == StepState::kReady || step.state == StepState::kAfter;
}

}  // namespace

std::vector<PlannedStep> in_starting_order(std::vector<PlannedStep> steps,
                                           const std::map<TrackId, std::string>& sources) {
  Lanes lanes;
  std::map<std::string, int> slots;  // step id -> slot
  for (const auto& step : steps) {
    int earliest = can_start(step) ? 0 : kNever;
    for (const auto& before : step.after) earliest = std::max(earliest, end_of(slots.at(before)));
    slots[step.id] = earliest == kNever ? kNever : lanes.take(lane_of(step, sources), earliest);
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [&](const auto& a, const auto& b) { return slots.at(a.id) < slots.at(b.id); });
  return steps;
}

}  // namespace amphi
