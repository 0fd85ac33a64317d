// How many steps of a kind may run at once: one rip per source, transcodes by `jobs`, one insert, one look at a file
// that is to be adopted. Pure.
#pragma once

#include <map>
#include <string>

#include "amphi/plan.hpp"

namespace amphi {

class Lanes {
 public:
  explicit Lanes(int jobs) : jobs_(jobs) {}

  bool is_free(const PlannedStep& step) const;
  void enter(const PlannedStep& step) { ++taken_[lane_of(step)]; }
  void leave(const PlannedStep& step) { --taken_[lane_of(step)]; }

 private:
  static std::string lane_of(const PlannedStep& step);

  int jobs_;
  std::map<std::string, int> taken_;
};

}  // namespace amphi
