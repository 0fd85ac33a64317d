#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

#include "amphi/verify.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

std::string kind_of(unsigned mode) {
  if (S_ISLNK(mode)) return "a symbolic link";
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

Observation unreadable(std::string trouble, Timestamp now) {
  Observation seen;
  seen.presence = Observation::Presence::kUnreadable;
  seen.trouble = std::move(trouble);
  seen.checked_at = now;
  return seen;
}

// Only these two answers prove that nothing is there; every other one leaves it open.
bool is_absence(int error) {
  return error == ENOENT || error == ENOTDIR;
}

Observation from_stat(const struct statx& found, Timestamp now) {
  if (!S_ISREG(found.stx_mode)) return unreadable("is " + kind_of(found.stx_mode) + ", not a regular file", now);
  Observation seen;
  seen.presence = Observation::Presence::kThere;
  seen.size_bytes = static_cast<std::int64_t>(found.stx_size);
  seen.mtime_ns = found.stx_mtime.tv_sec * kNanosecondsPerSecond + found.stx_mtime.tv_nsec;
  seen.inode = found.stx_ino;
  seen.checked_at = now;
  return seen;
}

}  // namespace

Observation observe(const std::string& path, Timestamp now) {
  if (path.empty()) return unreadable("no path is recorded", now);
  if (path.find('\0') != std::string::npos) return unreadable("the path holds a NUL character", now);
  struct statx found {};
  if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &found) == 0)
    return from_stat(found, now);
  const int error = errno;
  if (!is_absence(error)) return unreadable(std::generic_category().message(error), now);
  Observation seen;
  seen.presence = Observation::Presence::kAbsent;
  seen.checked_at = now;
  return seen;
}

}  // namespace amphi
