// This test program has its own sync_descriptor(): the call number `call` (from 1) from now on fails, as of a broken
// disk; all others ask the kernel.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace amphi::test {

struct FailingSync {
  explicit FailingSync(int call = -1);  // below 0: none fails
  ~FailingSync();
  bool failed() const;
  const std::vector<std::string>& asked() const;  // the paths of those synced since then, in this order
};

inline bool is_asked(const FailingSync& sync, const std::string& path) {
  return std::count(sync.asked().begin(), sync.asked().end(), path) > 0;
}

}  // namespace amphi::test
