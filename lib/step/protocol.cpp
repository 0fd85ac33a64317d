// Nothing but the lists: a test program that defines others takes the place of this object of the library, and shows
// that the tests see what each action is for.
#include "step/protocol.hpp"

#include "step/step_parts.hpp"

namespace amphi {

// The intent stands and the locks are held before it; the settling comes after it. Both are the coordinator's.
std::vector<MakingAction> making_protocol() {
  return {{"last_progress", report_made},  //
          {"judge", judge_made},
          {"seal", seal_made},
          {"receipt", keep_receipt},
          {"publish", publish_made},
          {"scratch_removed", remove_own_scratch}};
}

// Not judged: the content is the input's, which was.
std::vector<MakingAction> linking_protocol() {
  return {{"last_progress", report_linked},  //
          {"seal", seal_linked},
          {"receipt", keep_receipt},
          {"publish", publish_linked}};
}

// Nothing to publish. Durable before the receipt says that it is.
std::vector<MakingAction> adopting_protocol() {
  return {{"judge", judge_made},  //
          {"seal", seal_adopted},
          {"receipt", keep_receipt}};
}

}  // namespace amphi
