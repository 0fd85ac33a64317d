#include "base/lock.hpp"

#include <cerrno>
#include <ctime>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include "base/failure.hpp"

namespace amphi {
namespace {

Handle open_for_lock(const std::string& path, int flags) {
  Handle file(::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, 0666));
  if (!file) fail_system(errno, fmt::format("cannot open {} to lock it", path));
  return file;
}

}  // namespace

std::optional<Lock> Lock::try_range(const std::string& path, std::int64_t offset, std::int64_t length) {
  return try_range(open_for_lock(path, O_RDWR | O_CREAT), path, offset, length);
}

std::optional<Lock> Lock::try_range(Handle file, const std::string& shown, std::int64_t offset, std::int64_t length) {
  // Open-file-description locks: POSIX record locks would be dropped by any close of the file in this process, and
  // do not pass to a child.
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = offset;
  range.l_len = length;
  while (::fcntl(file.get(), F_OFD_SETLK, &range) != 0) {
    if (errno == EAGAIN || errno == EACCES) return std::nullopt;
    if (errno != EINTR)
      fail_system(errno, fmt::format("cannot lock {}", shown), "the file system must support locks; see flock(2)");
  }
  return Lock(std::move(file));
}

std::optional<Lock> Lock::try_whole(const std::string& path) {
  // O_NONBLOCK: opening an optical drive neither waits for a disc nor closes the tray.
  Handle file = open_for_lock(path, O_RDONLY | O_NONBLOCK);
  while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    if (errno != EINTR)
      fail_system(errno, fmt::format("cannot lock {}", path), "the file system must support locks; see flock(2)");
  }
  return Lock(std::move(file));
}

void sleep_before_retry() {
  const timespec pause{0, 100'000'000};
  nanosleep(&pause, nullptr);  // a signal ends it early: the caller asks its give_up again
}

}  // namespace amphi
