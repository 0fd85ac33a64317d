#include "reader/fault.hpp"

#include <cerrno>
#include <system_error>

#include "base/signals.hpp"

namespace amphi {

void throw_if_interrupted() {
  if (signals_received() > 0) throw Interrupted{};
}

void throw_errno(int error, const std::string& what, Cause cause) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw WorkerFault(full ? Cause::kSpace : cause, what + ": " + std::generic_category().message(error),
                    full ? "make room there, then continue with amphi process --resume" : "");
}

}  // namespace amphi
