#include "step/tool_runner.hpp"

#include <poll.h>
#include <csignal>

#include <array>
#include <cerrno>

#include "amphi/tool.hpp"
#include "base/child.hpp"
#include "base/failure.hpp"
#include "base/programs.hpp"
#include "base/signals.hpp"

namespace amphi {
namespace {

StepEvent event_of(const Progress& progress, Share share) {
  StepEvent event;
  event.progress = progress;
  event.progress.fraction = share.from + progress.fraction * (share.to - share.from);
  return event;
}

// The step's tool may start others besides its own.
const Program* program_of(const StepSpec& spec) {
  if (const auto* ripper = find_ripper(spec.tool)) return ripper->tool.program;
  const auto* encoder = find_encoder(spec.tool);
  return encoder ? encoder->tool.program : nullptr;
}

Child start(StepWork& work, const ToolRun& tool, std::vector<int> pass) {
  ChildSpec child;
  child.arguments = tool.arguments();
  const auto* row = program_of(work.spec);
  child.arguments[0] =
      row && row->name == child.arguments[0] ? require_program(*row) : require_program(child.arguments[0]);
  child.err = ChildSpec::Stream::kPipe;
  child.pass = work.locks;
  child.pass.insert(child.pass.end(), pass.begin(), pass.end());
  return Child::spawn(child);
}

// Feeds the lines of one pipe; false once it is at its end.
bool drain(StepWork& work, LineReader& lines, int descriptor, Share share, bool logged,
           const std::function<std::optional<Progress>(std::string_view)>& feed) {
  const auto take = [&](std::string_view line) {
    const auto progress = feed(line);
    if (logged && !progress) write_log(work, line);
    if (progress) report_progress(work, event_of(*progress, share));
  };
  if (lines.read_from(descriptor, take)) return true;
  lines.finish(take);
  return false;
}

struct Talk {
  StepWork& work;
  ToolRun& tool;
  Child& child;
  Share share;
  LogOut log_out;
  LineReader out, err;
  bool out_open = true, err_open = true;

  void listen() {
    std::array<pollfd, 3> waiting{pollfd{out_open ? child.out() : -1, POLLIN, 0},
                                  pollfd{err_open ? child.err() : -1, POLLIN, 0}, pollfd{child.watch(), POLLIN, 0}};
    if (::poll(waiting.data(), waiting.size(), 1000) < 0 && errno != EINTR)
      fail_system(errno, "cannot listen to the tool");
    read_both();
  }

  void read_both() {
    if (out_open)
      out_open =
          drain(work, out, child.out(), share, log_out == LogOut::kYes, [&](auto line) { return tool.take_out(line); });
    if (err_open) err_open = drain(work, err, child.err(), share, true, [&](auto line) { return tool.take_err(line); });
  }
};

ChildExit talk_to_the_end(StepWork& work, ToolRun& tool, Child& child, Share share, LogOut log_out) {
  Talk talk{work, tool, child, share, log_out, LineReader(), LineReader()};
  std::optional<ChildExit> exit;
  bool told = false;
  while (!exit) {
    talk.listen();
    if (!told && (tool.hopeless() || interrupted(work))) child.signal(SIGTERM), told = true;
    exit = child.poll_exit();
  }
  talk.read_both();  // what it said last
  return *exit;
}

}  // namespace

bool interrupted(const StepWork& work) {
  return signals_received() > work.signals_before;
}

void fail_interrupted() {
  throw StepError(ErrorKind::kUnfinished, Cause::kInterrupted, "stopped before it was finished");
}

void run_tool(StepWork& work, ToolRun& tool, Share share, LogOut log_out, std::vector<int> pass) {
  std::optional<Child> child;
  try {
    at_point(work, "tool_start", [&] { child.emplace(start(work, tool, std::move(pass))); });
  } catch (const Error& error) {
    throw StepError(error.kind(), Cause::kTool, error.message(), error.hint());
  }
  const auto exit = talk_to_the_end(work, tool, *child, share, log_out);
  // Nothing writes to the file any more when it is judged.
  if (!work.orphans.end({}))
    throw StepError(ErrorKind::kUnfinished, Cause::kTool, "what the tool left running cannot be ended",
                    "it waits for a device; look at dmesg");
  if (interrupted(work)) fail_interrupted();
  const auto verdict = tool.verdict(exit);
  if (!verdict.ok) throw StepError(ErrorKind::kUnfinished, verdict.cause, verdict.message, verdict.hint);
}

}  // namespace amphi
