#include "base/orphans.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/failure.hpp"

namespace amphi {
namespace {

// Of all threads: a child belongs to the one that forked it.
std::vector<pid_t> children() {
  std::vector<pid_t> all;
  std::error_code error;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task", error)) {
    std::ifstream list(task.path() / "children");
    for (pid_t pid = 0; list >> pid;) all.push_back(pid);
  }
  return all;
}

bool reap(pid_t pid) {
  while (::waitpid(pid, nullptr, 0) < 0)
    if (errno != EINTR) return false;
  return true;
}

}  // namespace

void adopt_orphans() {
  if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) fail_system(errno, "cannot adopt what tools leave running");
}

void end_orphans(const std::vector<pid_t>& keep) {
  // Whoever dies leaves his own children to us: again until nobody came.
  for (bool any = true; any;) {
    any = false;
    for (const pid_t pid : children()) {
      if (std::find(keep.begin(), keep.end(), pid) != keep.end()) continue;
      ::kill(pid, SIGKILL);
      any = reap(pid) || any;
    }
  }
}

}  // namespace amphi
