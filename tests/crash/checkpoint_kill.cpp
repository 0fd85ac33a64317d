// The crash tests' own definition of `checkpoint`: it writes every point it passes to AMPHI_CRASH_LOG, and at the one
// that AMPHI_CRASH_AT names ("rip publish before 1": stage, name, side, which time) it kills the whole process group of
// the session, then its own: a step runs in a group of its own.
#include "step/checkpoint.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace amphi {
namespace {

int count_lines(const char* path, const std::string& wanted) {
  std::ifstream log(path);
  int count = 0;
  for (std::string line; std::getline(log, line);) count += line == wanted ? 1 : 0;
  return count;
}

void append_line(const char* path, const std::string& line) {
  const int log = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const auto text = line + "\n";
  if (log < 0 || ::write(log, text.data(), text.size()) < 0) std::abort();
  ::close(log);
}

}  // namespace

void checkpoint(std::string_view stage, std::string_view name, Side side) {
  const char* log = std::getenv("AMPHI_CRASH_LOG");
  if (log == nullptr) return;
  const auto here = std::string(stage) + " " + std::string(name) + (side == Side::kBefore ? " before" : " after");
  append_line(log, here);
  const char* at = std::getenv("AMPHI_CRASH_AT");
  if (at == nullptr || here + " " + std::to_string(count_lines(log, here)) != at) return;
  ::kill(-::getsid(0), SIGKILL);
  ::kill(0, SIGKILL);
}

}  // namespace amphi
