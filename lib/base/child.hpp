// Child processes: an argument vector, never a shell line; stdin from /dev/null, LC_ALL=C.UTF-8, everything
// close-on-exec but what is passed on purpose. The child dies with the thread that spawned it (PR_SET_PDEATHSIG), so
// only one long-lived thread spawns.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>
#include <sys/types.h>

#include "base/handle.hpp"

namespace amphi {

struct ChildSpec {
  std::vector<std::string> arguments{};              // [0]: a path, or a name looked for on PATH
  std::map<std::string, std::string> environment{};  // added to this process's own
  std::string folder{};                              // working directory; "" keeps it
  enum class Group { kOwn, kInherit } group = Group::kInherit;
  enum class Stream { kPipe, kNull, kInherit, kFile } out = Stream::kPipe, err = Stream::kInherit;
  int out_file = -1, err_file = -1;  // with kFile: a descriptor of the caller's
  std::vector<int> pass{};           // descriptors that stay open under the same number
};

struct ChildExit {
  bool signalled = false;
  int code = 0;  // exit code, or signal number
  rusage usage{};
};

class Child {
 public:
  // Throws kUnavailable when the program cannot be started; see find_program for naming the package.
  static Child spawn(const ChildSpec& spec);
  Child(Child&&) noexcept;
  Child& operator=(Child&&) noexcept;
  ~Child();  // a child still running is killed (its group when it has its own) and reaped

  pid_t pid() const { return pid_; }
  int out() const { return out_.get(); }  // read end, non-blocking; -1 without a pipe
  int err() const { return err_.get(); }
  int watch() const { return pidfd_.get(); }  // readable when it has ended
  // Never blocks. A child with a group of its own takes what it left running there with it.
  std::optional<ChildExit> poll_exit();
  ChildExit wait();
  void signal(int number);  // the group where it has its own, else the process

 private:
  Child() = default;
  void end() noexcept;
  pid_t pid_ = -1;
  bool own_group_ = false;
  Handle out_, err_, pidfd_;
  std::optional<ChildExit> exit_;
};

// Splits what a child prints into lines, ended by \n, \r or both (progress redraws its line with \r); a line longer
// than `limit` is cut, never kept whole in memory. Bytes are passed on as they are: they need not be UTF-8.
class LineReader {
 public:
  explicit LineReader(std::size_t limit = 1 << 20) : limit_(limit) {}
  // Reads what is there without blocking (1 MiB at most, then returns true). False at the end of the stream.
  bool read_from(int descriptor, const std::function<void(std::string_view line)>& take);
  void finish(const std::function<void(std::string_view line)>& take);  // a last line without its newline

 private:
  void add(std::string_view bytes, const std::function<void(std::string_view line)>& take);
  void keep(std::string_view piece);
  void end_line(const std::function<void(std::string_view line)>& take);

  std::size_t limit_;
  std::string rest_;
  bool after_return_ = false;
};

// Runs to the end and gives the output (at most `limit` bytes each; more is read and dropped). For quick questions, not
// for steps. Throws kUnavailable when it takes too long, kUnfinished when one of signals.hpp's signals arrives
// meanwhile.
struct ChildOutput {
  ChildExit exit;
  std::string out, err;
};
ChildOutput run(ChildSpec spec, int timeout_seconds = 60, std::size_t limit = 16 << 20);

// Absolute path of a program on PATH, or nullopt.
std::optional<std::string> find_program(const std::string& name);
// The same, but throws kUnavailable: "HandBrakeCLI is not installed", hint "apt install handbrake-cli".
std::string require_program(const std::string& name);
struct Program;
std::string require_program(const Program& program);  // the same of a row of base/programs.hpp
// amphi's own programs that parse what is foreign, jobs and answers in model/worker_job.hpp: discs, media files.
inline constexpr const char *kReaderWorker = "amphi-reader", *kMediaWorker = "amphi-media";
// Where it is: what AMPHI_READER or AMPHI_MEDIA names, else beside this program, else ../libexec/amphi/. Throws
// kUnavailable.
std::string find_worker(const std::string& name);

}  // namespace amphi
