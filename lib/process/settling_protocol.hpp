// The order in which an artifact that stands comes to count: what is done when its intent is settled.
#pragma once

#include <string_view>
#include <vector>

#include "process/settle_parts.hpp"

namespace amphi {

struct SettlingAction {
  std::string_view name;            // a checkpoint
  bool (*act)(Settling& settling);  // false: the final name is somebody else's, nothing more is done
};

std::vector<SettlingAction> settling_protocol();

}  // namespace amphi
