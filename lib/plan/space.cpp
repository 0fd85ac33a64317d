#include "amphi/plan.hpp"

namespace amphi {

std::int64_t estimate_bytes(const SpaceFacts& facts) {
  switch (facts.stage) {
    case Stage::kRip:
      return facts.copies_sectors ? 2 * facts.source_bytes : facts.source_bytes;
    case Stage::kTranscode:
      return static_cast<std::int64_t>(static_cast<double>(facts.source_bytes) * facts.ratio);
    case Stage::kInsert:
      break;
  }
  return facts.can_link ? 0 : facts.source_bytes;
}

}  // namespace amphi
