#include "base/child.hpp"

#include <cerrno>
#include <csignal>
#include <utility>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/failure.hpp"

namespace amphi {

Child::Child(Child&& other) noexcept {
  *this = std::move(other);
}

Child& Child::operator=(Child&& other) noexcept {
  if (this == &other) return *this;
  end();
  pid_ = std::exchange(other.pid_, -1);
  own_group_ = other.own_group_;
  out_ = std::move(other.out_);
  err_ = std::move(other.err_);
  pidfd_ = std::move(other.pidfd_);
  exit_ = std::exchange(other.exit_, std::nullopt);
  return *this;
}

Child::~Child() {
  end();
}

void Child::end() noexcept {
  if (pid_ <= 0 || exit_) return;
  ::kill(own_group_ ? -pid_ : pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
  pid_ = -1;
}

std::optional<ChildExit> Child::poll_exit() {
  if (exit_ || pid_ <= 0) return exit_;
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0)
    if (errno != EINTR) fail_system(errno, "cannot wait for a child process");
  if (info.si_pid == 0) return std::nullopt;
  // What it left behind in its group ends with it. Before it is reaped, while the number cannot mean anybody else.
  if (own_group_) ::kill(-pid_, SIGKILL);
  int status = 0;
  ChildExit ended;
  while (::wait4(pid_, &status, 0, &ended.usage) < 0)
    if (errno != EINTR) fail_system(errno, "cannot wait for a child process");
  ended.signalled = WIFSIGNALED(status);
  ended.code = ended.signalled ? WTERMSIG(status) : WEXITSTATUS(status);
  exit_ = ended;
  return exit_;
}

ChildExit Child::wait() {
  for (;;) {
    if (auto ended = poll_exit()) return *ended;
    if (pid_ <= 0) throw Error(ErrorKind::kUnexpected, "there is no child process to wait for", "please report this");
    pollfd watched{pidfd_.get(), POLLIN, 0};
    if (::poll(&watched, 1, -1) < 0 && errno != EINTR) fail_system(errno, "cannot wait for a child process");
  }
}

void Child::signal(int number) {
  if (pid_ <= 0 || exit_) return;  // reaped: the number may be somebody else's by now
  if (::kill(own_group_ ? -pid_ : pid_, number) != 0 && errno != ESRCH)
    fail_system(errno, "cannot signal a child process");
}

}  // namespace amphi
