// This machine's own pool: starts `PROGRAM step run SPEC` in a process group of its own, listens, watches that
// something goes on, and ends what must end. It decides nothing about files: what became of a step is settled from the
// disk.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "amphi/step.hpp"
#include "base/child.hpp"
#include "base/orphans.hpp"

namespace amphi {

struct StepEnd {
  std::string id;
  ChildExit exit;
  std::optional<StepEvent> failed;     // what the step itself said of its failure
  std::optional<StepEvent> published;  // or of its success, with the receipt; believed only where the disk agrees
  bool stopped = false;                // on request
  bool silent = false;                 // by the watchdog
};

class LocalEngine {
 public:
  using Take = std::function<void(const std::string& id, const StepEvent& event)>;
  using Instant = std::chrono::steady_clock::time_point;

  explicit LocalEngine(std::string program) : program_(std::move(program)) {}

  // `locks`: descriptors the step and its tools keep open. Its stderr is appended to `log_path`. Throws kUnavailable.
  void start(const StepSpec& spec, const std::string& spec_file, const std::vector<int>& locks);
  bool idle() const { return running_.empty(); }
  // Listens for at most `limit`; returns the steps that have ended, reaped, nothing of their groups left.
  std::vector<StepEnd> wait(std::chrono::milliseconds limit, const Take& take);
  void stop(const std::string& id);  // SIGTERM to the group; SIGKILL after a while
  void stop_all();
  void kill_all();

 private:
  struct Running {
    std::string id;
    std::chrono::milliseconds watchdog;
    Child child;
    LineReader lines;
    Instant last_change;
    std::optional<Progress> last;
    std::optional<Instant> kill_at;
    StepEnd end;
  };

  void listen(std::chrono::milliseconds limit);
  void read(Running& step, const Take& take);
  void note(Running& step, const StepEvent& event);
  void watch(Running& step);
  void ask_to_end(Running& step);
  bool collect(Running& step, const Take& take);
  std::vector<pid_t> pids_but(const Running& ended) const;

  std::string program_;
  Orphans orphans_;  // from before the first step
  std::list<Running> running_;
};

}  // namespace amphi
