// A fault on purpose: the catalog learns of a file before the file has its name.
#include "process/protocol.hpp"

#include "process/leftovers.hpp"
#include "process/receipts.hpp"
#include "process/step_parts.hpp"

namespace amphi {

std::vector<MakingAction> making_protocol() {
  return {{"last_progress", [](Making& now) { report_last(now.work); }},
          {"judge", [](Making& now) { demand_good(now.work.spec.expected, now.made.media, file_size(now.work)); }},
          {"seal", [](Making& now) { seal(now.work); }},
          {"receipt",
           [](Making& now) {
             now.receipt = receipt_of(now.work, now.made, file_status(now.work));
             write_receipt(now.work.root, now.receipt);
           }},
          {"scratch_removed", [](Making& now) { remove_scratch(now.work.root, now.work.spec); }}};
}

std::vector<SettlingAction> settling_protocol() {
  return {{"older_receipt_removed", remove_receipt_before},
          {"commit", commit},
          {"publish_sealed", publish_sealed},
          {"leftovers_removed", remove_leftovers}};
}

}  // namespace amphi
