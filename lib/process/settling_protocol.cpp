// Nothing but the list: as step/protocol.cpp, for programs that define another.
#include "process/settling_protocol.hpp"

namespace amphi {

// Of a receipt whose file stands, under the final name or still under the temporary one.
std::vector<SettlingAction> settling_protocol() {
  return {{"publish_sealed", publish_sealed},
          {"leftovers_removed", remove_leftovers},
          {"older_receipt_removed", remove_receipt_before},
          {"commit", commit}};
}

}  // namespace amphi
