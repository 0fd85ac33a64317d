#include "base/space.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forked.hpp"
#include "scratch.hpp"

namespace amphi::test {
namespace {

constexpr uid_t kNobody = 65534;
constexpr std::int64_t kMiB = 1 << 20;

bool succeeds(const std::string& command) {
  return std::system(fmt::format("({}) >/dev/null 2>&1", command).c_str()) == 0;
}

bool has_quotas() {
  return ::access("/proc/sys/fs/quota", F_OK) == 0;
}

// A file system of its own on a scratch folder; mounting needs root.
struct Mounted {
  Scratch scratch;
  std::string path = scratch.path("there");
  bool done = false;

  explicit Mounted(const std::string& arguments) {
    ::mkdir(path.c_str(), 0777);
    done = succeeds(fmt::format("cd {} && mount {} there && chmod 777 there .", scratch.path(), arguments));
  }
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;
  ~Mounted() {
    if (done) ::umount2(path.c_str(), MNT_DETACH);
  }
};

struct QuotaDisk {
  Scratch images;
  std::string image = images.path("image");
  QuotaDisk() {
    const auto make =
        fmt::format("truncate -s 64M {0} && mkfs.ext4 -q -O quota -E quotatype=usrquota:grpquota {0}", image);
    EXPECT_EQ(std::system(make.c_str()), 0) << "mkfs.ext4 says why, above";
  }
};

void as_nobody(const std::function<bool()>& holds) {
  Forked other([&] { return ::setgid(kNobody) == 0 && ::setuid(kNobody) == 0 && holds() ? 0 : 1; });
  EXPECT_EQ(other.join(), 0);
}

bool write_file(const std::string& path, std::size_t bytes) {
  const Handle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  const std::string text(bytes, 'x');
  return ::write(file.get(), text.data(), bytes) == static_cast<ssize_t>(bytes) && ::fsync(file.get()) == 0;
}

TEST(SpaceTest, what_nobody_can_tell_is_not_none) {
  EXPECT_FALSE(free_bytes("/nowhere"));
  // No other file system counts no blocks, and only root mounts one.
  const Mounted ramfs("-t ramfs ramfs");
  if (!ramfs.done) GTEST_SKIP() << "mounting needs root";
  EXPECT_FALSE(free_bytes(ramfs.path)) << "a file system that counts no blocks is not full";
}

TEST(SpaceTest, what_is_left_of_a_quota) {
  constexpr Timestamp kNow{1000 * std::int64_t{1'000'000'000}};
  EXPECT_EQ(left_of({4 * kMiB, kMiB, 0}, kNow), 3 * kMiB);
  EXPECT_EQ(left_of({4 * kMiB, 5 * kMiB, 0}, kNow), 0) << "the limit was lowered";
  EXPECT_EQ(left_of({0, 5 * kMiB, 0}, kNow), std::nullopt);
  EXPECT_EQ(left_of({4 * kMiB, kMiB, 1001}, kNow), 3 * kMiB) << "above the soft limit, but not for long";
  EXPECT_EQ(left_of({4 * kMiB, kMiB, 1000}, kNow), 0);
  EXPECT_EQ(left_of({0, kMiB, 999}, kNow), 0) << "the soft limit is the hard one now";
}

// Whether the kernel is asked the right question shows only on one that has a quota format; many small machines' have
// none. What is made of its answer is tested above, anywhere. setquota is in the list of packages: where it is missing,
// the test fails.
TEST(SpaceTest, a_quota_is_all_that_its_user_has) {
  if (::geteuid() != 0) GTEST_SKIP() << "mounting needs root";
  if (!has_quotas()) GTEST_SKIP() << "this kernel is built without quotas";
  const QuotaDisk disk;
  const Mounted there("-o loop,usrquota,grpquota " + disk.image);
  if (!there.done) GTEST_SKIP() << "mounting ext4 with quotas needs a kernel with CONFIG_QFMT_V2";
  const auto limit = [&](const char* soft_and_hard) {
    return succeeds(fmt::format("setquota -u {} {} 0 0 {}", kNobody, soft_and_hard, there.path));
  };
  ASSERT_TRUE(limit("0 4096"));
  EXPECT_GT(free_bytes(there.path), 30 * kMiB) << "this user has none";
  as_nobody([&] { return free_bytes(there.path) == 4 * kMiB; });
  as_nobody([&] { return write_file(there.path + "/x", kMiB) && free_bytes(there.path) == 3 * kMiB; });
  ASSERT_TRUE(succeeds("setquota -t 1 1 " + there.path) && limit("1500 8192"));
  as_nobody([&] { return write_file(there.path + "/y", kMiB) && free_bytes(there.path) == 6 * kMiB; });
  ::sleep(3);
  as_nobody([&] { return free_bytes(there.path) == 0 && !write_file(there.path + "/z", kMiB); });
}

TEST(SpaceTest, a_quota_that_is_not_enforced_is_none) {
  if (::geteuid() != 0) GTEST_SKIP() << "mounting needs root";
  if (!has_quotas()) GTEST_SKIP() << "this kernel is built without quotas";
  const QuotaDisk disk;
  const Mounted there("-o loop " + disk.image);
  if (!there.done) GTEST_SKIP() << "mounting ext4 with quotas needs a kernel with CONFIG_QFMT_V2";
  ASSERT_TRUE(succeeds(fmt::format("setquota -u {} 0 4096 0 0 {}", kNobody, there.path)));
  as_nobody([&] { return free_bytes(there.path) > 30 * kMiB; });
}

}  // namespace
}  // namespace amphi::test
