#include "verify_exit.hpp"

#include "exit_code.hpp"

namespace amphi::cmd {

void VerifyExit::count(const TrackAnswer& answer) {
  bool stands = false;
  for (const auto stage : kStages) {
    if (options_.stage && *options_.stage != stage) continue;
    // `amphi track verify X --checksum && rm ...` must never destroy the only copy.
    trouble_ = trouble_ || answer.stages[stage].nothing_to_compare;
    switch (answer.stages[stage].verdict) {
      case Verdict::kDone:
        stands = true;
        break;
      case Verdict::kPending:
      case Verdict::kRemoved:
        trouble_ = trouble_ || options_.stage.has_value();
        break;
      case Verdict::kMissing:
      case Verdict::kChanged:
      case Verdict::kUnverified:
      case Verdict::kUnreadable:
        trouble_ = true;
        break;
    }
  }
  anything_ = anything_ || stands;
  if (asked_ == Asked::kByName && !stands) trouble_ = true;
}

int VerifyExit::code() const {
  return trouble_ || !anything_ ? kExitNotAsItShouldBe : kExitDone;
}

}  // namespace amphi::cmd
