#include "base/space.hpp"

#include <algorithm>

#include <fcntl.h>
#include <sys/quota.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/handle.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kQuotaBlock = 1024;

// quotactl_fd(2), Linux 5.14; glibc 2.36 has no wrapper for it.
std::optional<std::int64_t> left_of_quota(int folder, int kind, unsigned id) {
  struct dqblk quota {};
  if (::syscall(SYS_quotactl_fd, folder, QCMD(Q_GETQUOTA, kind), id, &quota) != 0) return std::nullopt;
  if ((quota.dqb_valid & QIF_LIMITS) == 0 || quota.dqb_bhardlimit == 0) return std::nullopt;
  const auto limit = static_cast<std::int64_t>(quota.dqb_bhardlimit) * kQuotaBlock;
  return std::max<std::int64_t>(0, limit - static_cast<std::int64_t>(quota.dqb_curspace));
}

}  // namespace

std::optional<std::int64_t> free_bytes(const std::string& folder) {
  const Handle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct statvfs space {};
  if (!handle || ::fstatvfs(handle.get(), &space) != 0) return std::nullopt;
  auto free = static_cast<std::int64_t>(space.f_bavail) * static_cast<std::int64_t>(space.f_frsize);
  if (const auto left = left_of_quota(handle.get(), USRQUOTA, ::geteuid())) free = std::min(free, *left);
  if (const auto left = left_of_quota(handle.get(), GRPQUOTA, ::getegid())) free = std::min(free, *left);
  return free;
}

}  // namespace amphi
