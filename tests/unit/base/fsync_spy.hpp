// This test program has its own fsync(): it notes which path each descriptor stands for, can fail as a broken disk
// does, and otherwise asks the kernel.
#pragma once

#include <string>
#include <vector>

namespace amphi::test {

struct FsyncSpy {
  FsyncSpy();   // forgets what was noted before
  ~FsyncSpy();  // no longer fails
  const std::vector<std::string>& synced() const;
  bool saw(const std::string& path) const;
  // The call number `call` (from 1) and, as real disks do not, only that one fails with this errno.
  void fail_at(int call, int error_number);
};

}  // namespace amphi::test
