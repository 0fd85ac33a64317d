#include "network_flock.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

bool as_network = false;

}  // namespace

extern "C" int flock(int descriptor, int operation) {
  const bool readable_only = (fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_RDONLY;
  if (as_network && readable_only && (operation & LOCK_EX) != 0) {
    errno = EBADF;
    return -1;
  }
  return static_cast<int>(syscall(SYS_flock, descriptor, operation));
}

namespace amphi::test {

NetworkFlock::NetworkFlock() {
  as_network = true;
}
NetworkFlock::~NetworkFlock() {
  as_network = false;
}

}  // namespace amphi::test
