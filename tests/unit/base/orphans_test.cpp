#include "base/orphans.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>

#include "base/child.hpp"
#include "forked.hpp"

namespace amphi {
namespace {

using test::Forked;
using test::hear;
using test::Pipe;
using test::tell;

int sleep_for_ever() {
  for (;;) pause();
}

bool lives(const Forked& child) {
  return waitpid(child.pid(), nullptr, WNOHANG) == 0;
}

// In a process of its own: the test program itself adopts nobody.
int end_what_a_tool_left(const Pipe& held) {
  const Forked before(sleep_for_ever);
  const Orphans orphans;
  const Forked kept(sleep_for_ever);
  Child::spawn({.arguments = {"sh", "-c", "setsid sleep 1000 &"}, .pass = {held.write.get()}}).wait();
  if (!orphans.end({kept.pid()})) return 1;
  return lives(before) && lives(kept) ? 0 : 2;
}

TEST(Orphans, are_ended_and_who_was_there_before_is_not) {
  Pipe held;  // by whatever is left running
  Forked amphi([&] {
    held.read.reset();
    return end_what_a_tool_left(held);
  });
  held.write.reset();
  EXPECT_EQ(amphi.join(), 0);
  EXPECT_FALSE(hear(held.read));
}

// A debugger keeps a dead process from being reaped, as a device keeps a living one from dying.
int end_what_cannot_end() {
  const Orphans orphans;
  Pipe ready, traced;
  const Forked stuck([&] {
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
    tell(ready.write);
    return sleep_for_ever();
  });
  if (!hear(ready.read)) return 1;
  Forked debugger([&] {
    if (ptrace(PTRACE_SEIZE, stuck.pid(), nullptr, nullptr) == 0) tell(traced.write);
    return sleep_for_ever();
  });
  traced.write.reset();
  if (!hear(traced.read)) return 77;
  const bool all_ended = orphans.end({debugger.pid()}, std::chrono::milliseconds(50));
  debugger.end();
  return all_ended ? 2 : orphans.end({}) ? 0 : 3;
}

TEST(Orphans, that_do_not_end_are_not_waited_for_for_ever) {
  Forked amphi(end_what_cannot_end);
  const int status = amphi.join();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 77) GTEST_SKIP() << "SKIPPED: ptrace is not allowed here";
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace amphi
