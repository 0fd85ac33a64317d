// The single actions of settling an intent whose receipt is there.
#pragma once

#include "amphi/catalog.hpp"
#include "amphi/step.hpp"
#include "base/root.hpp"

namespace amphi {

struct Settling {
  Catalog& catalog;
  const Root& root;
  const Intent& intent;
  const StepSpec& spec;
  const Receipt& receipt;
};

// Gives the file its final name where the step did not come to it. false: that is taken by somebody else's.
bool publish_sealed(Settling& settling);
// What making an artifact leaves besides it: the old file after an exchange, the other name after linkat without
// unlink, copied sectors, the specification. Before the commit: afterwards no intent would tell of them.
bool remove_leftovers(Settling& settling);
bool commit(Settling& settling);
bool remove_receipt_before(Settling& settling);  // of the artifact whose place this one takes; its own stays

}  // namespace amphi
