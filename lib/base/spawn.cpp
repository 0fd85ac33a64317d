// Child::spawn. Everything that needs memory or can throw happens before fork; the child only makes system calls.
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/child.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

using Stream = ChildSpec::Stream;

enum class Stage : int { kPrepare, kFolder, kProgram };

// What a child that could not become the program writes into the pipe to its parent.
struct Failure {
  Stage stage = Stage::kPrepare;
  int error_number = 0;
};

// Not below 3, so that no dup2 onto 0, 1 or 2 hits a descriptor still needed.
Handle above_standard(Handle handle) {
  if (!handle || handle.get() > 2) return handle;
  Handle moved(::fcntl(handle.get(), F_DUPFD_CLOEXEC, 3));
  if (!moved) fail_system(errno, "cannot copy a descriptor");
  return moved;
}

struct Pipe {
  Handle read, write;
};

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail_system(errno, "cannot make a pipe");
  Pipe made{Handle(ends[0]), Handle(ends[1])};
  return {above_standard(std::move(made.read)), above_standard(std::move(made.write))};
}

Handle open_null() {
  Handle null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) fail_system(errno, "cannot open /dev/null");
  return above_standard(std::move(null));
}

// One of the child's output streams: what it writes to, and what the parent reads from.
struct Output {
  Handle childs, parents;  // both empty: inherited
};

Output make_output(Stream stream, int file) {
  switch (stream) {
    case Stream::kInherit:
      return {};
    case Stream::kNull:
      return {open_null(), Handle()};
    case Stream::kFile: {
      Handle copy(::fcntl(file, F_DUPFD_CLOEXEC, 3));
      if (!copy) fail_system(errno, "cannot copy a descriptor");
      return {std::move(copy), Handle()};
    }
    case Stream::kPipe:
      break;
  }
  Pipe pipe = make_pipe();
  if (::fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK) != 0) fail_system(errno, "cannot set up a pipe");
  return {std::move(pipe.write), std::move(pipe.read)};
}

std::vector<std::string> make_environment(const std::map<std::string, std::string>& added) {
  std::map<std::string, std::string> all;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) all[std::string(text.substr(0, equals))] = text.substr(equals + 1);
  }
  all["LC_ALL"] = "C.UTF-8";
  all.erase("LANGUAGE");  // gettext heeds it even so
  for (const auto& [name, value] : added) all[name] = value;
  std::vector<std::string> entries;
  for (const auto& [name, value] : all) entries.push_back(fmt::format("{}={}", name, value));
  return entries;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// All that the child needs, ready before fork.
struct Prepared {
  std::string program, folder;
  std::vector<std::string> arguments, environment;
  std::vector<char*> argument_pointers, environment_pointers;
  std::vector<int> pass;
  bool own_group = false;
  Handle null;
  Output out, err;
  Pipe failure;
  pid_t parent = -1;
};

Prepared prepare(const ChildSpec& spec) {
  if (spec.arguments.empty())
    throw Error(ErrorKind::kUnexpected, "a child process without a program", "please report this");
  for (const auto& argument : spec.arguments)
    if (argument.find('\0') != std::string::npos)
      throw Error(ErrorKind::kUnavailable, fmt::format("an argument of {} contains a NUL byte", spec.arguments[0]),
                  "rename the file it comes from");
  Prepared ready;
  ready.program = require_program(spec.arguments[0]);
  ready.folder = spec.folder;
  ready.arguments = spec.arguments;
  ready.environment = make_environment(spec.environment);
  ready.argument_pointers = pointers_to(ready.arguments);
  ready.environment_pointers = pointers_to(ready.environment);
  ready.pass = spec.pass;
  ready.own_group = spec.group == ChildSpec::Group::kOwn;
  ready.null = open_null();
  ready.out = make_output(spec.out, spec.out_file);
  ready.err = make_output(spec.err, spec.err_file);
  ready.failure = make_pipe();
  ready.parent = ::getpid();
  return ready;
}

[[noreturn]] void give_up(int pipe, Stage stage) {
  const Failure failure{stage, errno};
  [[maybe_unused]] const auto written = ::write(pipe, &failure, sizeof failure);
  ::_exit(127);
}

// Handlers end with exec, but what is ignored stays ignored: amphi's SIGPIPE must not.
void reset_signals() {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  ::sigaction(SIGPIPE, &standard, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Also closes what libraries or our own parent left open without O_CLOEXEC.
void close_others_on_exec() {
  if (::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
  for (int each = 3; each < 65536; ++each)
    if (const int flags = ::fcntl(each, F_GETFD); flags >= 0) ::fcntl(each, F_SETFD, flags | FD_CLOEXEC);
}

bool connect_streams(const Prepared& ready) {
  if (::dup2(ready.null.get(), 0) < 0) return false;
  if (ready.out.childs && ::dup2(ready.out.childs.get(), 1) < 0) return false;
  return !ready.err.childs || ::dup2(ready.err.childs.get(), 2) >= 0;
}

bool pass_descriptors(const std::vector<int>& pass) {
  for (int each : pass)
    if (::fcntl(each, F_SETFD, 0) != 0) return false;
  return true;
}

[[noreturn]] void become_program(const Prepared& ready) {
  const int pipe = ready.failure.write.get();
  if (ready.own_group) ::setpgid(0, 0);
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) give_up(pipe, Stage::kPrepare);
  // The parent may have died before the line above; then nobody would ever send the signal.
  if (::getppid() != ready.parent) ::_exit(127);
  reset_signals();
  close_others_on_exec();
  if (!connect_streams(ready) || !pass_descriptors(ready.pass)) give_up(pipe, Stage::kPrepare);
  if (!ready.folder.empty() && ::chdir(ready.folder.c_str()) != 0) give_up(pipe, Stage::kFolder);
  ::execve(ready.program.c_str(), ready.argument_pointers.data(), ready.environment_pointers.data());
  give_up(pipe, Stage::kProgram);
}

// All signals are held back over the fork, so that no handler of ours runs in the child.
pid_t fork_child(const Prepared& ready) {
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = ::fork();
  if (pid == 0) become_program(ready);
  const int error = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (pid < 0) fail_system(error, fmt::format("cannot start {}", ready.program));
  return pid;
}

// Ends when the program runs (the pipe closes at exec) or the child has said why it cannot.
std::optional<Failure> read_failure(const Handle& pipe) {
  Failure failure;
  for (;;) {
    const ssize_t count = ::read(pipe.get(), &failure, sizeof failure);
    if (count < 0 && errno == EINTR) continue;
    return count == sizeof failure ? std::optional(failure) : std::nullopt;
  }
}

[[noreturn]] void fail_start(const Prepared& ready, const Failure& failure) {
  if (failure.stage == Stage::kFolder)
    fail_system(failure.error_number,
                fmt::format("cannot start {} in {}", ready.program, escape_controls(ready.folder)));
  const std::string hint =
      failure.error_number == ENOEXEC ? "it is no program for this machine, or a script without #!" : "";
  fail_system(failure.error_number, fmt::format("cannot start {}", ready.program), hint);
}

}  // namespace

Child Child::spawn(const ChildSpec& spec) {
  Prepared ready = prepare(spec);
  Child child;
  child.pid_ = fork_child(ready);
  child.own_group_ = ready.own_group;
  // In both, so that whoever is first to need the group finds it; it fails once the child has passed exec, having done
  // so.
  if (child.own_group_) ::setpgid(child.pid_, child.pid_);
  ready.failure.write.reset();
  if (const auto failure = read_failure(ready.failure.read)) fail_start(ready, *failure);
  child.pidfd_ = Handle(static_cast<int>(::syscall(SYS_pidfd_open, child.pid_, 0)));
  if (!child.pidfd_) fail_system(errno, "cannot watch a child process", "Linux 5.3 or later is needed");
  child.out_ = std::move(ready.out.parents);
  child.err_ = std::move(ready.err.parents);
  return child;
}

}  // namespace amphi
