// Again and again while somebody else is in the way.
#pragma once

#include "amphi/care.hpp"
#include "amphi/error.hpp"
#include "base/lock.hpp"

namespace amphi {

// What `act` gives; kBusy from it means, with kWait, another try.
template <class Act>
auto patiently(WhenBusy when_busy, Act act) {
  for (;;) {
    try {
      return act();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kBusy || when_busy == WhenBusy::kFail) throw;
    }
    sleep_before_retry();
  }
}

}  // namespace amphi
