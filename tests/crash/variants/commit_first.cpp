// A fault on purpose: an artifact counts before it has its name, or before it is durable.
#include "process/settling_protocol.hpp"
#include "step/protocol.hpp"
#include "step/step_parts.hpp"

namespace amphi {

std::vector<MakingAction> making_protocol() {
  return {{"last_progress", report_made},
          {"judge", judge_made},
          {"seal", seal_made},
          {"receipt", keep_receipt},
          {"scratch_removed", remove_own_scratch}};
}

std::vector<MakingAction> linking_protocol() {
  return {{"last_progress", report_linked}, {"seal", seal_linked}, {"receipt", keep_receipt}};
}

std::vector<MakingAction> adopting_protocol() {
  return {{"receipt", keep_receipt}, {"judge", judge_made}, {"seal", seal_adopted}};
}

std::vector<SettlingAction> settling_protocol() {
  return {{"older_receipt_removed", remove_receipt_before},
          {"commit", commit},
          {"publish_sealed", publish_sealed},
          {"leftovers_removed", remove_leftovers}};
}

}  // namespace amphi
