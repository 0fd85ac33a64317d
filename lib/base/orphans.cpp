#include "base/orphans.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

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

bool holds(const std::vector<pid_t>& pids, pid_t pid) {
  return std::find(pids.begin(), pids.end(), pid) != pids.end();
}

}  // namespace

Orphans::Orphans() : before_(children()) {
  if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) fail_system(errno, "cannot adopt what tools leave running");
}

bool Orphans::end(const std::vector<pid_t>& keep, std::chrono::milliseconds patience) const {
  const auto until = std::chrono::steady_clock::now() + patience;
  // Whoever dies leaves his own children to us: again until nobody came.
  for (;;) {
    auto left = children();
    std::erase_if(left, [&](pid_t pid) { return holds(before_, pid) || holds(keep, pid); });
    if (left.empty()) return true;
    for (const pid_t pid : left) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, nullptr, WNOHANG);
    }
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace amphi
