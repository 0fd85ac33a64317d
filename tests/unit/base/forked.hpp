// Another process for a test: runs a function and ends with what it returns; killed when the test is over.
#pragma once

#include <cerrno>
#include <csignal>
#include <functional>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/handle.hpp"

namespace amphi::test {

class Forked {
 public:
  explicit Forked(const std::function<int()>& body) : pid_(fork()) {
    if (pid_ == 0) _exit(body());
  }
  Forked(const Forked&) = delete;
  Forked& operator=(const Forked&) = delete;
  ~Forked() {
    if (pid_ > 0) end();
  }
  int end() {
    kill(pid_, SIGKILL);
    return join();
  }
  // Its wait status.
  int join() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    return status;
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

struct Pipe {
  Handle read, write;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == 0) read = Handle(ends[0]), write = Handle(ends[1]);
  }
};

inline void tell(const Handle& pipe) {
  [[maybe_unused]] auto written = ::write(pipe.get(), "x", 1);
}

// A byte came: true. Every writer is gone: false. Ends the test program when neither happens: better than hanging.
inline bool hear(const Handle& pipe) {
  pollfd watched{pipe.get(), POLLIN, 0};
  int ready = 0;
  while ((ready = poll(&watched, 1, 60'000)) < 0 && errno == EINTR) continue;
  if (ready == 0) abort();
  char byte;
  return ::read(pipe.get(), &byte, 1) == 1;
}

}  // namespace amphi::test
