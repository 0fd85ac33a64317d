// A file that is there already, under the name that this stage would give: probed, judged, and given a receipt.
#include "process/step_work.hpp"

#include <fcntl.h>

#include <fmt/format.h>

#include "process/receipts.hpp"
#include "process/step_parts.hpp"
#include "tools/media_worker.hpp"

namespace amphi {

Receipt adopt_in_place(StepWork& work) {
  remove_if_there(work.root, receipt_name(work.spec.id));
  work.file = work.root.open_file(work.spec.output.relative, O_RDONLY);
  Made made;
  made.media = probe_media(work.file_path());
  at_point(work, "judge", [&] { demand_good(work.spec.expected, made.media, file_size(work)); });
  at_point(work, "seal", [&] { make_durable(work, work.file.get()); });
  auto receipt = receipt_of(work, made, file_status(work));
  at_point(work, "receipt", [&] { write_receipt(work.root, receipt); });
  return receipt;
}

}  // namespace amphi
