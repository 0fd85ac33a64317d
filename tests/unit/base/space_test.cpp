#include "base/space.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "scratch.hpp"

namespace amphi::test {
namespace {

constexpr std::int64_t kMiB = 1 << 20;

bool succeeds(const std::string& command) {
  return std::system(fmt::format("({}) >/dev/null 2>&1", command).c_str()) == 0;
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

TEST(SpaceTest, what_nobody_can_tell_is_not_none) {
  EXPECT_FALSE(free_bytes("/nowhere"));
  // No other file system counts no blocks, and only root mounts one.
  const Mounted ramfs("-t ramfs ramfs");
  if (!ramfs.done) GTEST_SKIP() << "mounting needs root";
  EXPECT_FALSE(free_bytes(ramfs.path)) << "a file system that counts no blocks is not full";
}

// That the kernel is asked the right question: tests/cli/test_quota.py.
TEST(SpaceTest, what_is_left_of_a_quota) {
  constexpr Timestamp kNow{1000 * std::int64_t{1'000'000'000}};
  EXPECT_EQ(left_of({4 * kMiB, kMiB, 0}, kNow), 3 * kMiB);
  EXPECT_EQ(left_of({4 * kMiB, 5 * kMiB, 0}, kNow), 0) << "the limit was lowered";
  EXPECT_EQ(left_of({0, 5 * kMiB, 0}, kNow), std::nullopt);
  EXPECT_EQ(left_of({4 * kMiB, kMiB, 1001}, kNow), 3 * kMiB) << "above the soft limit, but not for long";
  EXPECT_EQ(left_of({4 * kMiB, kMiB, 1000}, kNow), 0);
  EXPECT_EQ(left_of({0, kMiB, 999}, kNow), 0) << "the soft limit is the hard one now";
}

}  // namespace
}  // namespace amphi::test
