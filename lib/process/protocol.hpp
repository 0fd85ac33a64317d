// The order in which an artifact becomes durable and counts, as two lists of named actions: what the step does once its
// file is made, and what is done when its intent is settled. Each name is a checkpoint.
#pragma once

#include <string_view>
#include <vector>

#include "process/settle_parts.hpp"
#include "process/step_work.hpp"

namespace amphi {

struct Making {
  StepWork& work;
  Made made;
  Receipt receipt;  // from the action "receipt" on
};

struct MakingAction {
  std::string_view name;
  void (*act)(Making& making);
};

struct SettlingAction {
  std::string_view name;
  bool (*act)(Settling& settling);  // false: the final name is somebody else's, nothing more is done
};

std::vector<MakingAction> making_protocol();
std::vector<SettlingAction> settling_protocol();

}  // namespace amphi
