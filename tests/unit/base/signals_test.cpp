#include "base/signals.hpp"

#include <cerrno>
#include <csignal>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "base/child.hpp"
#include "base/lock.hpp"
#include "forked.hpp"

namespace amphi {
namespace {

using test::Forked;
using test::hear;
using test::Pipe;
using test::tell;

TEST(Signals, are_counted_and_the_last_is_known) {
  Forked process([] {
    install_signal_handlers();
    if (signals_received() != 0 || last_signal() != 0) return 1;
    raise(SIGTERM);
    if (signals_received() != 1 || last_signal() != SIGTERM) return 2;
    raise(SIGHUP);
    return signals_received() == 2 && last_signal() == SIGHUP ? 0 : 3;
  });
  EXPECT_EQ(process.join(), 0);
}

TEST(Signals, the_third_ends_a_process_that_does_not_hear) {
  Forked process([] {
    install_signal_handlers();
    for (int i = 0; i < 3; ++i) raise(SIGINT);
    return 0;
  });
  const int status = process.join();
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGINT);
}

TEST(Signals, wake_up_what_waits) {
  Pipe ready;
  Forked process([&] {
    install_signal_handlers();
    Pipe never;
    char byte;
    tell(ready.write);
    for (;;)  // the signal may come before the read
      if (signals_received() > 0 || (::read(never.read.get(), &byte, 1) < 0 && errno == EINTR)) return 0;
  });
  ASSERT_TRUE(hear(ready.read));
  while (kill(process.pid(), SIGTERM) == 0 && waitpid(process.pid(), nullptr, WNOHANG | WNOWAIT) == 0)
    sleep_before_retry();
  SUCCEED();
}

TEST(Signals, end_by_signal_is_seen_by_the_parent) {
  for (int number : {SIGINT, SIGTERM, SIGHUP}) {
    Forked process([number] {
      install_signal_handlers();
      sigset_t blocked;
      sigfillset(&blocked);
      sigprocmask(SIG_SETMASK, &blocked, nullptr);
      end_by_signal(number);
      return 0;
    });
    const int status = process.join();
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), number);
  }
}

TEST(Signals, what_nohup_ignores_stays_ignored) {
  Forked process([] {
    std::signal(SIGHUP, SIG_IGN);
    install_signal_handlers();
    raise(SIGHUP);
    return signals_received();
  });
  EXPECT_EQ(process.join(), 0);
}

TEST(Signals, a_closed_pipe_is_an_error_and_no_death) {
  Forked process([] {
    install_signal_handlers();
    Pipe pipe;
    pipe.read.reset();
    return ::write(pipe.write.get(), "x", 1) < 0 && errno == EPIPE ? 0 : 1;
  });
  EXPECT_EQ(process.join(), 0);
}

TEST(Signals, a_child_can_be_waited_for_where_the_starter_ignored_its_end) {
  Forked process([] {
    std::signal(SIGCHLD, SIG_IGN);
    install_signal_handlers();
    return run({.arguments = {"false"}}).exit.code == 1 ? 0 : 1;
  });
  EXPECT_EQ(process.join(), 0);
}

TEST(Signals, interrupt_a_question_to_a_tool) {
  Forked process([] {
    install_signal_handlers();
    try {
      run({.arguments = {"sh", "-c", "kill -INT $PPID; exec sleep 1000"}});
    } catch (const Error& error) {
      return error.kind() == ErrorKind::kUnfinished ? 0 : 1;
    }
    return 2;
  });
  EXPECT_EQ(process.join(), 0);
}

}  // namespace
}  // namespace amphi
