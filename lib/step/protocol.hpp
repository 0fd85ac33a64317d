// The order in which an artifact becomes durable, as a list of named actions for each way of getting one; each name is
// a checkpoint. What is done when its intent is settled: process/settling_protocol.hpp.
#pragma once

#include <string_view>
#include <vector>

#include "step/step_work.hpp"

namespace amphi {

struct Making {
  StepWork& work;  // `work.file`: what was made, linked or found
  Made made;
  Receipt receipt{};  // from the action "receipt" on
};

struct MakingAction {
  std::string_view name;
  void (*act)(Making& making);
};

std::vector<MakingAction> making_protocol();    // a tool filled the temporary file
std::vector<MakingAction> linking_protocol();   // insert: the temporary name is one more of the input
std::vector<MakingAction> adopting_protocol();  // the file has its final name, whoever made it

void follow(const std::vector<MakingAction>& protocol, Making& making);

}  // namespace amphi
