#include "failing_sync.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <unistd.h>

#include "base/descriptor.hpp"

namespace amphi {
namespace {

int calls_left = -1;  // until the one that fails; below 0: none does
std::vector<std::string> paths;

std::string path_of(int descriptor) {
  char path[4096];
  const auto length = ::readlink(fmt::format("/proc/self/fd/{}", descriptor).c_str(), path, sizeof path);
  return length < 0 ? "" : std::string(path, static_cast<std::size_t>(length));
}

}  // namespace

int sync_descriptor(int descriptor) {
  paths.push_back(path_of(descriptor));
  if (calls_left > 0 && --calls_left == 0) return EIO;
  return ::fsync(descriptor) == 0 ? 0 : errno;
}

namespace test {

FailingSync::FailingSync(int call) {
  calls_left = call;
  paths.clear();
}

FailingSync::~FailingSync() {
  calls_left = -1;
}

bool FailingSync::failed() const {
  return calls_left == 0;
}

const std::vector<std::string>& FailingSync::asked() const {
  return paths;
}

}  // namespace test
}  // namespace amphi
