// After a publication that failed: the final name may not be durable, and a second fsync could not tell. The file does
// not count, and its step is done again.
#pragma once

#include <functional>

#include "amphi/step.hpp"
#include "base/root.hpp"

namespace amphi {

enum class Published { kFresh, kExchanged };

// The new file loses the final name; one that it was exchanged with has it again. `has_name`: whether the new file has
// the name. false: it has still, because the old file is gone already or because the disk refuses. Throws only what
// `has_name` throws.
bool take_back(const Root& root, const StepOutput& output, Published published, const std::function<bool()>& has_name);

}  // namespace amphi
