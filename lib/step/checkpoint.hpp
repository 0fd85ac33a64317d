// The protocol of making one artifact as a list of named points. The program passes them without effect; the crash
// tests link another definition of `checkpoint` that ends the process group at a chosen one. No switch in the program.
#pragma once

#include <string_view>

namespace amphi {

enum class Side { kBefore, kAfter };

// Names: "intent", "tool_start", "first_progress"; those of the two lists in protocol.cpp ("last_progress", "judge",
// "seal", "receipt", "publish", "scratch_removed"; "publish_sealed", "leftovers_removed",
// "older_receipt_removed", "commit").
// `stage` is "rip", "transcode", "insert".
void checkpoint(std::string_view stage, std::string_view name, Side side);

}  // namespace amphi
