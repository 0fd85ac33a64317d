#include "base/lock.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "base/child.hpp"
#include "forked.hpp"
#include "network_flock.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

using test::Forked;
using test::hear;
using test::Pipe;
using test::tell;

constexpr std::int64_t kTracks = 0x100000000;

TEST(RangeLock, excludes_the_same_byte_and_no_other) {
  const test::Scratch scratch;
  const auto first = Lock::try_range(scratch.path("lock"), kTracks + 1);
  ASSERT_TRUE(first);
  EXPECT_FALSE(Lock::try_range(scratch.path("lock"), kTracks + 1));  // also within one process
  EXPECT_TRUE(Lock::try_range(scratch.path("lock"), kTracks + 2));
  EXPECT_TRUE(Lock::try_range(scratch.path("lock"), 0x7fffffffffffffff - 1));
}

TEST(RangeLock, closing_another_descriptor_of_the_file_keeps_it) {
  const test::Scratch scratch;
  const auto lock = Lock::try_range(scratch.path("lock"), 7);
  ASSERT_TRUE(lock);
  ::close(::open(scratch.path("lock").c_str(), O_RDWR));  // would drop a POSIX record lock
  EXPECT_FALSE(Lock::try_range(scratch.path("lock"), 7));
}

TEST(RangeLock, of_another_process_is_seen_and_dies_with_it) {
  const test::Scratch scratch;
  Pipe ready;
  Forked holder([&] {
    const auto lock = Lock::try_range(scratch.path("lock"), 7);
    if (lock) tell(ready.write);
    pause();
    return 0;
  });
  ASSERT_TRUE(hear(ready.read));
  EXPECT_FALSE(Lock::try_range(scratch.path("lock"), 7));
  EXPECT_TRUE(Lock::try_range(scratch.path("lock"), 8));
  holder.end();
  EXPECT_TRUE(Lock::try_range(scratch.path("lock"), 7));
}

// What makes "held means alive" true for a step whose coordinator was killed.
TEST(RangeLock, passed_to_a_child_lives_as_long_as_that_child) {
  const test::Scratch scratch;
  auto lock = Lock::try_range(scratch.path("lock"), 7);
  ASSERT_TRUE(lock);
  Child stranger = Child::spawn({.arguments = {"sleep", "1000"}});  // is given nothing, so keeps nothing
  Child holder = Child::spawn({.arguments = {"sleep", "1000"}, .pass = {lock->descriptor()}});
  lock.reset();
  EXPECT_FALSE(Lock::try_range(scratch.path("lock"), 7));
  holder.signal(SIGKILL);
  holder.wait();
  EXPECT_TRUE(Lock::try_range(scratch.path("lock"), 7));
}

TEST(RangeLock, that_cannot_be_is_an_error_and_not_held) {
  const test::Scratch scratch;
  EXPECT_THROW(Lock::try_range(scratch.path("none/lock"), 1), Error);
  EXPECT_THROW(Lock::try_range(scratch.path("lock"), -1), Error);
}

TEST(WholeLock, excludes_another_process) {
  const test::Scratch scratch;
  scratch.write("disc.iso", "x");
  Pipe ready;
  Forked holder([&] {
    const auto lock = Lock::try_whole(scratch.path("disc.iso"));
    if (lock) tell(ready.write);
    pause();
    return 0;
  });
  ASSERT_TRUE(hear(ready.read));
  EXPECT_FALSE(Lock::try_whole(scratch.path("disc.iso")));
  holder.end();
  EXPECT_TRUE(Lock::try_whole(scratch.path("disc.iso")));
  EXPECT_THROW(Lock::try_whole(scratch.path("none")), Error);
}

TEST(WholeLock, works_on_a_file_that_can_only_be_read) {
  const test::Scratch scratch;
  scratch.write("disc.iso", "x");
  ASSERT_EQ(chmod(scratch.path("disc.iso").c_str(), 0444), 0);
  EXPECT_TRUE(Lock::try_whole(scratch.path("disc.iso")));
}

TEST(WholeLock, of_a_network_file_system_is_exclusive_where_the_file_may_be_written) {
  const test::Scratch scratch;
  const auto image = scratch.write("disc.iso", "x");
  const test::NetworkFlock network;
  const auto lock = Lock::try_whole(image);
  ASSERT_TRUE(lock);
  EXPECT_FALSE(Lock::try_whole(image));
}

TEST(WholeLock, of_a_network_file_system_keeps_writers_out_where_it_may_only_be_read) {
  const test::Scratch scratch;
  const auto image = scratch.write("disc.iso", "x");
  ASSERT_EQ(chmod(scratch.path().c_str(), 0755), 0);
  ASSERT_EQ(chmod(image.c_str(), 0444), 0);
  Pipe ready;
  Forked reader([&] {
    if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) return 1;  // root may write whatever its mode says
    const test::NetworkFlock network;
    const auto lock = Lock::try_whole(image);
    if (lock && Lock::try_whole(image)) tell(ready.write);
    pause();
    return 0;
  });
  ready.write.reset();
  ASSERT_TRUE(hear(ready.read));
  EXPECT_FALSE(Lock::try_whole(image));
}

TEST(LockWait, ends_when_free_and_when_given_up) {
  const test::Scratch scratch;
  auto held = Lock::try_range(scratch.path("lock"), 7);
  int asked = 0;
  const auto try_once = [&] { return Lock::try_range(scratch.path("lock"), 7); };
  EXPECT_FALSE(Lock::wait(try_once, [&] { return ++asked == 2; }));
  EXPECT_EQ(asked, 2);
  EXPECT_TRUE(Lock::wait(try_once, [&] {
    held.reset();
    return false;
  }));
}

TEST(LockWait, has_one_winner_at_a_time_among_processes) {
  const test::Scratch scratch;
  scratch.write("count", "0");
  const auto add_one = [&] {
    for (int i = 0; i < 50; ++i) {
      const auto lock = Lock::wait([&] { return Lock::try_range(scratch.path("lock"), 7); }, [] { return false; });
      scratch.write("count", std::to_string(std::stoi(scratch.read("count")) + 1));
    }
    return 0;
  };
  Forked one(add_one), two(add_one);
  EXPECT_EQ(one.join(), 0);
  EXPECT_EQ(two.join(), 0);
  EXPECT_EQ(scratch.read("count"), "100");
}

}  // namespace
}  // namespace amphi
