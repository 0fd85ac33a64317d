#include "process/local_engine.hpp"

#include <fcntl.h>
#include <poll.h>
#include <csignal>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/orphans.hpp"
#include "base/text.hpp"
#include "step/step_parts.hpp"

namespace amphi {
namespace {

constexpr std::chrono::seconds kGrace(10);

std::string join_numbers(const std::vector<int>& numbers) {
  std::vector<std::string> texts;
  for (const auto number : numbers) texts.push_back(std::to_string(number));
  return join(texts, ",");
}

Handle open_step_log(const std::string& path) {
  Handle log(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!log) throw Error(ErrorKind::kUnavailable, fmt::format("{} cannot be written: {}", path, std::strerror(errno)));
  return log;
}

std::optional<StepEvent> parse_event(std::string_view line) {
  try {
    return nlohmann::json::parse(line).get<StepEvent>();
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // not ours: a step's stdout is for events, but a library may have its say there
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

void LocalEngine::start(const StepSpec& spec, const std::string& spec_file, const std::vector<int>& locks) {
  const auto log = open_step_log(spec.log_path);
  ChildSpec child;
  child.arguments = {program_, "step", "run", spec_file};
  child.environment[kLocksVariable] = join_numbers(locks);
  child.group = ChildSpec::Group::kOwn;
  child.err = ChildSpec::Stream::kFile;
  child.err_file = log.get();
  child.pass = locks;
  running_.push_back({spec.id,
                      std::chrono::seconds(spec.watchdog_seconds),
                      Child::spawn(child),
                      LineReader(),
                      std::chrono::steady_clock::now(),
                      std::nullopt,
                      std::nullopt,
                      {}});
  running_.back().end.id = spec.id;
}

std::vector<StepEnd> LocalEngine::wait(std::chrono::milliseconds limit, const Take& take) {
  listen(limit);
  std::vector<StepEnd> ended;
  for (auto step = running_.begin(); step != running_.end();) {
    read(*step, take);
    watch(*step);
    if (!collect(*step, take)) {
      ++step;
      continue;
    }
    ended.push_back(std::move(step->end));
    step = running_.erase(step);
  }
  return ended;
}

void LocalEngine::listen(std::chrono::milliseconds limit) {
  std::vector<pollfd> waiting;
  for (const auto& step : running_) {
    waiting.push_back({step.child.out(), POLLIN, 0});
    waiting.push_back({step.child.watch(), POLLIN, 0});
  }
  if (::poll(waiting.data(), waiting.size(), static_cast<int>(limit.count())) < 0 && errno != EINTR)
    throw Error(ErrorKind::kUnexpected, fmt::format("poll: {}", std::strerror(errno)));
}

void LocalEngine::read(Running& step, const Take& take) {
  step.lines.read_from(step.child.out(), [&](std::string_view line) {
    const auto event = parse_event(line);
    if (!event) return;
    note(step, *event);
    take(step.id, *event);
  });
}

// Only what changes is a sign of life: a tool can say the same for ever.
void LocalEngine::note(Running& step, const StepEvent& event) {
  if (event.type == StepEvent::Type::kFailed) step.end.failed = event;
  if (event.type == StepEvent::Type::kPublished) step.end.published = event;
  const auto same =
      step.last && step.last->fraction == event.progress.fraction && step.last->phase == event.progress.phase;
  if (event.type == StepEvent::Type::kProgress && same) return;
  step.last = event.progress;
  step.last_change = std::chrono::steady_clock::now();
}

void LocalEngine::watch(Running& step) {
  const auto now = std::chrono::steady_clock::now();
  if (step.kill_at && now >= *step.kill_at) step.child.signal(SIGKILL);
  if (step.kill_at || step.watchdog.count() <= 0 || now - step.last_change < step.watchdog) return;
  step.end.silent = true;
  ask_to_end(step);
}

void LocalEngine::ask_to_end(Running& step) {
  step.child.signal(SIGTERM);
  step.child.signal(SIGCONT);  // a stopped one hears SIGTERM only when it goes on
  if (!step.kill_at)
    step.kill_at = std::chrono::steady_clock::now() + std::min<std::chrono::milliseconds>(kGrace, step.watchdog);
}

bool LocalEngine::collect(Running& step, const Take& take) {
  pollfd ended{step.child.watch(), POLLIN, 0};
  if (::poll(&ended, 1, 0) <= 0) return false;
  // Before it is reaped, while its group's number is still its own: nothing outlives a step.
  step.child.signal(SIGKILL);
  const auto exit = step.child.poll_exit();
  if (!exit) return false;
  orphans_.end(pids_but(step));  // what a killed step could not end itself
  read(step, take);              // what it said last
  step.end.exit = *exit;
  return true;
}

std::vector<pid_t> LocalEngine::pids_but(const Running& ended) const {
  std::vector<pid_t> pids;
  for (const auto& step : running_)
    if (&step != &ended) pids.push_back(step.child.pid());
  return pids;
}

void LocalEngine::stop(const std::string& id) {
  for (auto& step : running_) {
    if (step.id != id) continue;
    step.end.stopped = true;
    ask_to_end(step);
  }
}

void LocalEngine::stop_all() {
  for (auto& step : running_) stop(step.id);
}

void LocalEngine::kill_all() {
  for (auto& step : running_) {
    step.end.stopped = true;
    step.child.signal(SIGKILL);
  }
}

}  // namespace amphi
