#include "fsync_spy.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::vector<std::string> noted;
int failing_call = 0;
int failing_error = 0;

}  // namespace

extern "C" int fsync(int descriptor) {
  char path[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t length = readlink(link.c_str(), path, sizeof path);
  noted.emplace_back(path, length > 0 ? static_cast<std::size_t>(length) : 0);
  if (static_cast<int>(noted.size()) == failing_call) {
    errno = failing_error;
    return -1;
  }
  return static_cast<int>(syscall(SYS_fsync, descriptor));
}

namespace amphi::test {

FsyncSpy::FsyncSpy() {
  noted.clear();
  failing_call = 0;
}
FsyncSpy::~FsyncSpy() {
  failing_call = 0;
}
const std::vector<std::string>& FsyncSpy::synced() const {
  return noted;
}
bool FsyncSpy::saw(const std::string& path) const {
  return std::find(noted.begin(), noted.end(), path) != noted.end();
}
void FsyncSpy::fail_at(int call, int error_number) {
  failing_call = call;
  failing_error = error_number;
}

}  // namespace amphi::test
