#include "amphi/plan.hpp"

namespace amphi {

bool copies_sectors(std::string_view rip_tool) {
  return rip_tool == "libdvdread" || rip_tool == "libbluray";
}

std::int64_t estimate_bytes(const SpaceFacts& facts) {
  switch (facts.stage) {
    case Stage::kRip:
      // The sectors and the Matroska file lie side by side at the end.
      return copies_sectors(facts.tool) ? 2 * facts.source_bytes : facts.source_bytes;
    case Stage::kTranscode:
      return static_cast<std::int64_t>(static_cast<double>(facts.source_bytes) * facts.ratio);
    case Stage::kInsert:
      break;
  }
  return facts.can_link ? 0 : facts.source_bytes;
}

}  // namespace amphi
