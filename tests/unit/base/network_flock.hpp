// This test program has its own flock(): while one of these lives, it answers as NFS does, where an exclusive lock is
// for a file that is open for writing; otherwise it asks the kernel.
#pragma once

namespace amphi::test {

struct NetworkFlock {
  NetworkFlock();
  ~NetworkFlock();
};

}  // namespace amphi::test
