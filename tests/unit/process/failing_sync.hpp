// This test program has its own sync_descriptor(): the call number `call` (from 1) from now on fails, as of a broken
// disk; all others ask the kernel.
#pragma once

namespace amphi::test {

struct FailingSync {
  explicit FailingSync(int call);
  ~FailingSync();
  bool failed() const;
};

}  // namespace amphi::test
