// Nothing but the two lists: a test program that defines others takes the place of this object of the library, and
// shows that the tests see what each action is for.
#include "process/protocol.hpp"

#include "process/leftovers.hpp"
#include "process/receipts.hpp"
#include "process/step_parts.hpp"

namespace amphi {

// The intent stands and the locks are held before it; the settling comes after it. Both are the coordinator's.
std::vector<MakingAction> making_protocol() {
  return {{"last_progress", [](Making& now) { report_last(now.work); }},
          {"judge", [](Making& now) { demand_good(now.work.spec.expected, now.made.media, file_size(now.work)); }},
          {"seal", [](Making& now) { seal(now.work); }},
          {"receipt",
           [](Making& now) {
             now.receipt = receipt_of(now.work, now.made, file_status(now.work));
             write_receipt(now.work.root, now.receipt);
           }},
          {"publish", [](Making& now) { publish_made(now.work, now.receipt); }},
          {"scratch_removed", [](Making& now) { remove_scratch(now.work.root, now.work.spec); }}};
}

// Of a receipt whose file stands, under the final name or still under the temporary one.
std::vector<SettlingAction> settling_protocol() {
  return {{"publish_sealed", publish_sealed},
          {"leftovers_removed", remove_leftovers},
          {"older_receipt_removed", remove_receipt_before},
          {"commit", commit}};
}

}  // namespace amphi
