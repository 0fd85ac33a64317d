#include "failing_sync.hpp"

#include <cerrno>

#include <unistd.h>

#include "base/descriptor.hpp"

namespace amphi {
namespace {

int calls_left = -1;  // until the one that fails; below 0: none does

}  // namespace

int sync_descriptor(int descriptor) {
  if (calls_left > 0 && --calls_left == 0) return EIO;
  return ::fsync(descriptor) == 0 ? 0 : errno;
}

namespace test {

FailingSync::FailingSync(int call) {
  calls_left = call;
}

FailingSync::~FailingSync() {
  calls_left = -1;
}

bool FailingSync::failed() const {
  return calls_left == 0;
}

}  // namespace test
}  // namespace amphi
