// A fault on purpose: a lock is let go as soon as it was got.
#include "base/lock.hpp"

#include <cerrno>
#include <ctime>

#include <fcntl.h>

#include "base/failure.hpp"

namespace amphi {

std::optional<Lock> Lock::try_range(const std::string& path, std::int64_t offset, std::int64_t length) {
  Handle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file) fail_system(errno, "cannot open " + path);
  return try_range(std::move(file), path, offset, length);
}

std::optional<Lock> Lock::try_range(Handle file, const std::string&, std::int64_t, std::int64_t) {
  return Lock(std::move(file));
}

std::optional<Lock> Lock::try_whole(const std::string& path) {
  Handle file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file) fail_system(errno, "cannot open " + path);
  return Lock(std::move(file));
}

void sleep_before_retry() {
  const timespec pause{0, 100'000'000};
  nanosleep(&pause, nullptr);
}

}  // namespace amphi
