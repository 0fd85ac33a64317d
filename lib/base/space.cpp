#include "base/space.hpp"

#include <algorithm>

#include <fcntl.h>
#include <linux/dqblk_xfs.h>
#include <sys/quota.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "base/handle.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kQuotaBlock = 1024;

// Linux 5.14; glibc 2.36 has no wrapper for it.
bool ask_quota(int folder, int command, int kind, unsigned id, void* answer) {
  return ::syscall(SYS_quotactl_fd, folder, QCMD(command, kind), id, answer) == 0;
}

// Limits may be kept without being enforced: ext4 does so unless it is mounted with usrquota or grpquota.
bool is_enforced(int folder, int kind) {
  fs_quota_stat state{};
  const unsigned flag = kind == USRQUOTA ? FS_QUOTA_UDQ_ENFD : FS_QUOTA_GDQ_ENFD;
  return ask_quota(folder, Q_XGETQSTAT, kind, 0, &state) && (state.qs_flags & flag) != 0;
}

std::optional<std::int64_t> left_of_quota(int folder, int kind, unsigned id) {
  struct dqblk quota {};
  if (!is_enforced(folder, kind) || !ask_quota(folder, Q_GETQUOTA, kind, id, &quota)) return std::nullopt;
  if ((quota.dqb_valid & QIF_LIMITS) == 0) return std::nullopt;
  return left_of({static_cast<std::int64_t>(quota.dqb_bhardlimit) * kQuotaBlock,
                  static_cast<std::int64_t>(quota.dqb_curspace), static_cast<std::int64_t>(quota.dqb_btime)},
                 system_now());
}

}  // namespace

std::optional<std::int64_t> left_of(const Quota& quota, Timestamp now) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  // Beyond the soft limit for longer than is granted: the kernel takes it for the hard one then.
  if (quota.grace_ends != 0 && now.ns / kSecond >= quota.grace_ends) return 0;
  if (quota.hard_limit == 0) return std::nullopt;
  return std::max<std::int64_t>(0, quota.hard_limit - quota.used);
}

std::optional<std::int64_t> free_bytes(const std::string& folder) {
  const Handle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct statvfs space {};
  if (!handle || ::fstatvfs(handle.get(), &space) != 0) return std::nullopt;
  std::optional<std::int64_t> free;
  if (space.f_blocks > 0)  // else one that does not count, such as ramfs
    free = static_cast<std::int64_t>(space.f_bavail) * static_cast<std::int64_t>(space.f_frsize);
  for (const auto& left :
       {left_of_quota(handle.get(), USRQUOTA, ::geteuid()), left_of_quota(handle.get(), GRPQUOTA, ::getegid())})
    if (left) free = std::min(free.value_or(*left), *left);
  return free;
}

}  // namespace amphi
