#include "step/scratch_record.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "base/text.hpp"
#include "step/receipts.hpp"

namespace amphi {

Handle open_record(const StepWork& work) {
  work.root.make_folders(".amphi/progress");
  return work.root.open_file(progress_name(work.spec.id), O_RDWR | O_CREAT);
}

std::int64_t recorded_sectors(int record) {
  char text[17] = {};
  if (::pread(record, text, 16, 0) != 16 || !is_hex(std::string_view(text, 16))) return 0;
  return static_cast<std::int64_t>(std::strtoull(text, nullptr, 16));
}

}  // namespace amphi
