// A file that is there already, under the name that this stage would give: probed, judged, and given a receipt.
#include "step/step_work.hpp"

#include <fcntl.h>

#include <fmt/format.h>

#include "step/receipts.hpp"
#include "step/step_parts.hpp"
#include "tools/worker.hpp"

namespace amphi {

namespace {

// Against nothing every file would hold, one that was cut short too. A person may say so all the same.
void demand_known_length(const Expectation& expected) {
  if (expected.duration_seconds > 0) return;
  throw StepError(ErrorKind::kUnfinished, Cause::kJudge,
                  "how long the track is was never told, so nothing shows that the file is whole",
                  "scan its disc; or amphi track adopt takes it as it is");
}

}  // namespace

Receipt adopt_in_place(StepWork& work) {
  remove_if_there(work.root, receipt_name(work.spec.id));
  work.file = work.root.open_file(work.spec.output.relative, O_RDONLY);
  Making making{work, {}};
  making.made.media = probe_media(work.file_path());
  demand_known_length(work.spec.expected);
  follow(adopting_protocol(), making);
  return making.receipt;
}

}  // namespace amphi
