#include "base/child.hpp"

#include <csignal>
#include <filesystem>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/prctl.h>

#include "amphi/error.hpp"
#include "base/root.hpp"
#include "base/signals.hpp"
#include "base/text.hpp"
#include "environment.hpp"
#include "forked.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;
using test::Forked;
using test::hear;
using test::Pipe;
using test::tell;

Error error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return {ErrorKind::kUnexpected, ""};
}

ChildSpec shell(const std::string& script) {
  return {.arguments = {"sh", "-c", script}, .err = ChildSpec::Stream::kPipe};
}

TEST(Run, gives_output_and_exit) {
  const ChildOutput got = run(shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(got.out, "out\n");
  EXPECT_EQ(got.err, "err\n");
  EXPECT_FALSE(got.exit.signalled);
  EXPECT_EQ(got.exit.code, 3);
}

TEST(Run, tells_a_signal_from_an_exit_code) {
  const ChildOutput got = run(shell("kill -TERM $$"));
  EXPECT_TRUE(got.exit.signalled);
  EXPECT_EQ(got.exit.code, SIGTERM);
}

TEST(Run, passes_arguments_as_they_are) {
  const std::string nasty = "a b; $(touch x) \"'\n*";
  EXPECT_EQ(run({.arguments = {"printf", "%s|%s", nasty, ""}}).out, nasty + "|");
}

TEST(Run, takes_all_of_an_output_larger_than_a_pipe_and_drops_what_is_beyond_the_limit) {
  EXPECT_EQ(run({.arguments = {"head", "-c", "5000000", "/dev/zero"}}).out.size(), 5'000'000u);
  const ChildOutput cut = run({.arguments = {"head", "-c", "5000000", "/dev/zero"}}, 60, 1000);
  EXPECT_EQ(cut.out.size(), 1000u);
  EXPECT_EQ(cut.exit.code, 0);  // it was not held up, nor did it get a closed pipe
}

TEST(Run, keeps_bytes_that_are_no_utf8) {
  EXPECT_EQ(run({.arguments = {"printf", "\\377\\000x"}}).out, std::string("\xff\0x", 3));
}

TEST(Run, ends_what_takes_too_long_also_when_it_prints_without_end) {
  EXPECT_EQ(error_of([] { run({.arguments = {"sleep", "1000"}}, 0); }).kind(), ErrorKind::kUnavailable);
  EXPECT_EQ(error_of([] { run({.arguments = {"yes"}}, 0, 10); }).kind(), ErrorKind::kUnavailable);
}

TEST(Run, does_not_wait_for_a_grandchild_that_keeps_the_pipe) {
  ChildSpec spec = shell("sleep 1000 & echo done");
  spec.group = ChildSpec::Group::kOwn;
  EXPECT_EQ(run(spec).out, "done\n");
}

TEST(Spawn, has_no_input_and_a_plain_locale) {
  EXPECT_EQ(run(shell("cat; readlink /proc/self/fd/0")).out, "/dev/null\n");
  const test::Environment german("LANGUAGE", "de");
  ChildSpec spec = shell("echo $LC_ALL,$LANGUAGE,$ADDED");
  spec.environment = {{"ADDED", "yes"}};
  EXPECT_EQ(run(spec).out, "C.UTF-8,,yes\n");
}

TEST(Spawn, works_in_the_folder_asked_for) {
  const test::Scratch scratch;
  EXPECT_EQ(run({.arguments = {"pwd"}, .folder = scratch.path()}).out, scratch.path() + "\n");
  const Error error = error_of([&] { run({.arguments = {"pwd"}, .folder = scratch.path("none")}); });
  EXPECT_EQ(error.kind(), ErrorKind::kUnavailable);
  EXPECT_NE(error.message().find("none"), std::string::npos);
}

TEST(Spawn, writes_into_a_file_of_the_callers) {
  const test::Scratch scratch;
  const Root root = Root::open(scratch.path());
  const Handle log = root.create_new("log");
  ChildSpec spec = shell("echo out; echo err >&2");
  spec.out = spec.err = ChildSpec::Stream::kFile;
  spec.out_file = spec.err_file = log.get();
  Child child = Child::spawn(spec);
  EXPECT_EQ(child.out(), -1);
  EXPECT_EQ(child.wait().code, 0);
  EXPECT_EQ(scratch.read("log"), "out\nerr\n");
}

// Descriptor 3 is ls's own, for the folder it lists.
TEST(Spawn, leaves_nothing_open_but_what_is_passed) {
  const test::Scratch scratch;
  scratch.write("passed", "");
  const Handle leak(::open(scratch.path("passed").c_str(), O_RDONLY));  // without O_CLOEXEC, as libraries do
  const Handle high(::fcntl(leak.get(), F_DUPFD, 500));
  const Handle wanted(::fcntl(leak.get(), F_DUPFD_CLOEXEC, 100));
  ASSERT_TRUE(leak && high && wanted);
  const ChildOutput got = run({.arguments = {"ls", "/proc/self/fd"}, .pass = {wanted.get()}});
  EXPECT_EQ(got.out, "0\n1\n" + std::to_string(wanted.get()) + "\n2\n3\n");
  EXPECT_NE(::fcntl(wanted.get(), F_GETFD) & FD_CLOEXEC, 0);  // here it stays as it was
  EXPECT_EQ(error_of([] { run({.arguments = {"ls"}, .pass = {9999}}); }).kind(), ErrorKind::kUnavailable);
}

TEST(Spawn, survives_a_parent_without_standard_streams) {
  Pipe answer;
  Forked parent([&] {
    ::close(0), ::close(1), ::close(2);
    const ChildOutput got = run(shell("echo out; echo err >&2; cat"));
    if (got.out == "out\n" && got.err == "err\n") tell(answer.write);
    return 0;
  });
  answer.write.reset();
  EXPECT_TRUE(hear(answer.read));
}

TEST(Spawn, undoes_what_amphi_does_with_signals) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  const ChildOutput got = run(shell("grep -E 'Sig(Blk|Ign)' /proc/self/status"));
  std::signal(SIGPIPE, before);
  EXPECT_NE(got.out.find("SigBlk:\t0000000000000000"), std::string::npos) << got.out;
  const auto at = got.out.find("SigIgn:\t");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(std::stoull(got.out.substr(at + 8), nullptr, 16) & (1ull << (SIGPIPE - 1)), 0u);
}

TEST(Spawn, names_the_package_of_a_missing_program) {
  const test::Environment path("PATH", "/nowhere");
  const Error handbrake = error_of([] { require_program("HandBrakeCLI"); });
  const Error makemkv = error_of([] { Child::spawn({.arguments = {"makemkvcon"}}); });
  EXPECT_EQ(handbrake.kind(), ErrorKind::kUnavailable);
  EXPECT_EQ(handbrake.message(), "HandBrakeCLI is not installed");
  EXPECT_EQ(handbrake.hint(), "apt install handbrake-cli");
  EXPECT_EQ(makemkv.kind(), ErrorKind::kUnavailable);
  EXPECT_NE(makemkv.hint().find("makemkv.com"), std::string::npos);
  EXPECT_EQ(error_of([] { require_program("mkvpropedit"); }).hint(), "apt install mkvtoolnix");
  EXPECT_EQ(error_of([] { require_program("unheard-of"); }).hint(), "install it, or correct PATH");
}

TEST(Spawn, reports_what_cannot_be_executed) {
  const test::Scratch scratch;
  scratch.write("broken", "no program");
  scratch.write("bad_interpreter", "#!/nowhere/sh\n");
  for (const char* name : {"broken", "bad_interpreter"}) {
    ASSERT_EQ(chmod(scratch.path(name).c_str(), 0755), 0);
    const Error error = error_of([&] { Child::spawn({.arguments = {scratch.path(name)}}); });
    EXPECT_EQ(error.kind(), ErrorKind::kUnavailable);
    EXPECT_NE(error.message().find(name), std::string::npos);
  }
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // and no zombie stays
  EXPECT_THROW(Child::spawn({}), Error);
  EXPECT_THROW(Child::spawn({.arguments = {"echo", std::string("a\0b", 3)}}), Error);
}

TEST(FindProgram, looks_along_path_and_skips_what_cannot_run) {
  const test::Scratch scratch;
  scratch.write("one/tool", "");
  scratch.write("two/tool", "#!/bin/sh\n");
  fs::create_directory(scratch.path("three"));
  fs::create_directory(scratch.path("three/tool"));
  chmod(scratch.path("two/tool").c_str(), 0755);
  const test::Environment path("PATH",
                               ":" + scratch.path("three") + ":" + scratch.path("one") + ":" + scratch.path("two"));
  EXPECT_EQ(find_program("tool"), scratch.path("two/tool"));
  EXPECT_EQ(find_program("none"), std::nullopt);
  EXPECT_EQ(find_program(""), std::nullopt);
  EXPECT_EQ(find_program(scratch.path("two/tool")), scratch.path("two/tool"));
  EXPECT_EQ(find_program(scratch.path("one/tool")), std::nullopt);
}

// Kill the parent, and the child it spawned dies: it holds the pipe's only writing end.
TEST(Spawn, dies_with_its_parent) {
  Pipe alive, ready;
  Forked parent([&] {
    alive.read.reset();
    Child child =
        Child::spawn({.arguments = {"sleep", "1000"}, .group = ChildSpec::Group::kOwn, .pass = {alive.write.get()}});
    alive.write.reset();
    tell(ready.write);
    pause();
    return 0;
  });
  alive.write.reset();
  ASSERT_TRUE(hear(ready.read));
  parent.end();
  EXPECT_FALSE(hear(alive.read));
}

TEST(ChildObject, kills_and_reaps_when_it_goes_out_of_scope) {
  Pipe alive;
  pid_t pid = 0;
  {
    ChildSpec spec = shell("sleep 1000 & echo ready; wait");  // a child and a grandchild, both hold the pipe
    spec.group = ChildSpec::Group::kOwn;
    spec.pass = {alive.write.get()};
    Child child = Child::spawn(spec);
    alive.write.reset();
    pid = child.pid();
    EXPECT_EQ(getpgid(pid), pid);
    std::string line;
    LineReader reader;
    pollfd watched{child.out(), POLLIN, 0};
    while (line.empty() && poll(&watched, 1, -1) > 0) reader.read_from(child.out(), [&](auto text) { line = text; });
    Child moved = std::move(child);
    EXPECT_EQ(moved.pid(), pid);
    EXPECT_FALSE(moved.poll_exit());
  }
  EXPECT_FALSE(hear(alive.read));
  EXPECT_EQ(::waitpid(pid, nullptr, WNOHANG), -1);
}

TEST(ChildObject, takes_down_what_its_group_left_running) {
  Pipe alive;
  ChildSpec spec = shell("sleep 1000 & exit 0");
  spec.group = ChildSpec::Group::kOwn;
  spec.pass = {alive.write.get()};
  Child child = Child::spawn(spec);
  alive.write.reset();
  EXPECT_EQ(child.wait().code, 0);
  EXPECT_FALSE(hear(alive.read));
}

TEST(ChildObject, signals_its_whole_group_and_can_be_asked_twice) {
  Child child = Child::spawn({.arguments = {"sleep", "1000"}, .group = ChildSpec::Group::kOwn});
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait().code, SIGTERM);
  EXPECT_EQ(child.wait().code, SIGTERM);
  EXPECT_EQ(child.poll_exit()->code, SIGTERM);
  child.signal(SIGKILL);  // nobody there: nothing happens
}

TEST(ChildObject, without_a_group_of_its_own_stays_in_ours) {
  Child child = Child::spawn({.arguments = {"sleep", "1000"}});
  EXPECT_EQ(getpgid(child.pid()), getpgrp());
}

TEST(ChildObject, is_watched_without_blocking) {
  Child child = Child::spawn({.arguments = {"cat", "/dev/zero"}});  // blocks on its full pipe
  EXPECT_FALSE(child.poll_exit());
  EXPECT_NE(::fcntl(child.out(), F_GETFL) & O_NONBLOCK, 0);
  child.signal(SIGKILL);
  pollfd watched{child.watch(), POLLIN, 0};
  EXPECT_EQ(poll(&watched, 1, 60'000), 1);
  EXPECT_TRUE(child.poll_exit());
}

class LineReaderTest : public testing::Test {
 protected:
  Pipe pipe_;
  std::vector<std::string> lines_;
  void SetUp() override { ::fcntl(pipe_.read.get(), F_SETFL, O_NONBLOCK); }
  bool feed(LineReader& reader, std::string_view bytes) {
    EXPECT_EQ(::write(pipe_.write.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    return reader.read_from(pipe_.read.get(), take());
  }
  std::function<void(std::string_view)> take() {
    return [this](std::string_view line) { lines_.emplace_back(line); };
  }
};

TEST_F(LineReaderTest, gives_the_same_lines_wherever_they_are_broken) {
  const std::string text = "one\ntwo\r\n\nthr\xff\xc3\rfour\r\rsix";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    lines_.clear();
    LineReader reader;
    EXPECT_TRUE(feed(reader, text.substr(0, cut)));
    EXPECT_TRUE(feed(reader, text.substr(cut)));
    reader.finish(take());
    EXPECT_EQ(lines_, (std::vector<std::string>{"one", "two", "", "thr\xff\xc3", "four", "", "six"})) << cut;
  }
}

TEST_F(LineReaderTest, cuts_a_line_that_is_too_long_and_goes_on) {
  LineReader reader(4);
  feed(reader, "abc");
  feed(reader, "defghi");
  feed(reader, "jkl\nxy\nabcd\n");
  EXPECT_EQ(lines_, (std::vector<std::string>{"abcd", "xy", "abcd"}));
}

TEST_F(LineReaderTest, tells_the_end) {
  LineReader reader;
  EXPECT_TRUE(reader.read_from(pipe_.read.get(), take()));  // nothing there: not the end
  EXPECT_TRUE(feed(reader, "last"));
  pipe_.write.reset();
  EXPECT_FALSE(reader.read_from(pipe_.read.get(), take()));
  EXPECT_TRUE(lines_.empty());
  reader.finish(take());
  reader.finish(take());
  EXPECT_EQ(lines_, std::vector<std::string>{"last"});
}

TEST(LineReaderAlone, comes_back_from_a_child_that_never_stops_printing) {
  Child child = Child::spawn({.arguments = {"yes"}});
  LineReader reader;
  std::size_t lines = 0;
  pollfd watched{child.out(), POLLIN, 0};
  ASSERT_EQ(poll(&watched, 1, 60'000), 1);
  EXPECT_TRUE(reader.read_from(child.out(), [&](auto) { ++lines; }));
  EXPECT_GT(lines, 0u);
}

}  // namespace
}  // namespace amphi
