// Reprocessing: a new file takes the place of the very file that was recorded, and of no other. Hours may lie between
// the plan and this, so what has the name by then is looked at before the exchange, and what came out of it after.
#pragma once

#include "amphi/step.hpp"
#include "base/root.hpp"

namespace amphi {

bool is_to_be_replaced(const Root& root, const StepOutput& output);

// The sealed temporary file gets the final name, and the file that had it goes. false: that is not the one to be
// replaced. It has its name still, or again; the new file has the temporary one.
bool publish_replacing(const Root& root, const StepOutput& output);
// The same of an exchange that somebody died in once the new file, which `receipt` is of, had the final name.
bool finish_replacing(const Root& root, const StepOutput& output, const Receipt& receipt);

}  // namespace amphi
