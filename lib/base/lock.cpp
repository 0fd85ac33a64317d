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

// Opening an optical drive neither waits for a disc nor closes the tray.
constexpr int kAtOnce = O_NONBLOCK;

// 0: locked.
int try_flock(const Handle& file, int operation) {
  while (::flock(file.get(), operation | LOCK_NB) != 0)
    if (errno != EINTR) return errno;
  return 0;
}

// NFS makes a byte-range lock of it, and an exclusive one of those is for files that are open for writing (EBADF). A
// file that may only be read is locked shared: whoever may write it is kept out, and readers do it no harm.
int try_flock_of_network(Handle& file, const std::string& path) {
  Handle writable(::open(path.c_str(), O_RDWR | kAtOnce | O_CLOEXEC | O_NOCTTY));
  if (!writable) return try_flock(file, LOCK_SH);
  file = std::move(writable);
  return try_flock(file, LOCK_EX);
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
  Handle file = open_for_lock(path, O_RDONLY | kAtOnce);
  int error = try_flock(file, LOCK_EX);
  if (error == EBADF) error = try_flock_of_network(file, path);
  if (error == EWOULDBLOCK) return std::nullopt;
  if (error != 0)
    fail_system(error, fmt::format("cannot lock {}", path), "the file system must support locks; see flock(2)");
  return Lock(std::move(file));
}

void sleep_before_retry() {
  const timespec pause{0, 100'000'000};
  nanosleep(&pause, nullptr);  // a signal ends it early: the caller asks its give_up again
}

}  // namespace amphi
