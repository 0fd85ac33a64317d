#include "base/quiet.hpp"

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace amphi {

QuietStderr::QuietStderr() {
  const Handle nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  Handle before(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3));
  if (!nowhere || !before) return;
  std::fflush(stderr);
  if (::dup2(nowhere.get(), STDERR_FILENO) >= 0) before_ = std::move(before);
}

QuietStderr::~QuietStderr() {
  if (!before_) return;
  std::fflush(stderr);
  ::dup2(before_.get(), STDERR_FILENO);
}

}  // namespace amphi
