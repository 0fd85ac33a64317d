// Runs what the plan says with this machine's engine. One thread; the only writer of the catalog. Per step: locks
// (track, destination, source; none is waited for), intent, specification, process, and in the end settle(), which
// decides by what is on the disk. After each step the plan is made anew, so that it is always about what is there now.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "process/lanes.hpp"
#include "process/local_engine.hpp"
#include "process/requests.hpp"
#include "process/settle.hpp"

namespace amphi {

struct StepLocks {
  Lock track, destination;
  std::optional<Lock> source;
  std::vector<int> descriptors() const;
};

class Coordinator {
 public:
  using Take = std::function<void(const ProcessEvent&)>;
  Coordinator(Catalog& catalog, const Config& config, const ProcessOptions& options, const Take& take);

  ProcessSummary run();

 private:
  struct RunningStep {
    PlannedStep step;
    TrackSnapshot track;  // as it was when the step began; a cancelled request takes it out of the plan
    StepSpec spec;
    Intent intent;
    std::int64_t attempt = 0;
    StepLocks locks;
  };
  enum class Start { kStarted, kBusy, kStale, kFailed };

  void take_requests();
  void work();
  void replan();
  void start_what_can();
  std::string describe_held(const PlannedStep& step);
  Start try_start(const PlannedStep& step);
  enum class Older { kNone, kSettled, kAlive };
  Older settle_older_intents(TrackId track);
  static std::optional<StepLocks> take_locks(Lock track, const Root& root, const StepSpec& spec);
  void launch(const PlannedStep& step, StepSpec spec, StepLocks locks);
  bool pause_for_busy();
  void finish(const StepEnd& end);
  void record(const RunningStep& running, const StepEnd& end, bool committed, const StepEvent& report);
  void fail_unstarted(const PlannedStep& step, const Error& error);
  StepEvent what_happened(const RunningStep& running, const StepEnd& end, const Settlement& settled) const;
  void heed_signals();
  void heed_cancelling();
  void count_what_is_left();
  bool startable(const PlannedStep& step) const;
  static std::int64_t still_to_write(const RunningStep& running);
  bool fits(const PlannedStep& step);

  void emit(ProcessEvent::Type type, const PlannedStep* step = nullptr, const StepEvent* report = nullptr,
            std::string message = {});

  Catalog& catalog_;
  const Config& config_;
  const ProcessOptions& options_;
  const Take& take_;
  Requests requests_;
  Survey survey_;
  Lanes lanes_;
  Planned planned_;
  std::int64_t planned_version_ = -1;           // the catalog's data version that the plan is about
  std::map<std::string, RunningStep> running_;  // by step id
  std::set<std::string> tried_;                 // ended without an artifact in this run: once is enough for one run
  std::set<std::string> failed_;                // of those, the ones that were not stopped
  std::string held_;                            // what of it, for telling people
  std::set<TrackId> busy_;                      // somebody else holds what they need
  int patience_ = 0;                            // looks in vain at what is busy
  int signals_before_ = 0;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point last_cancel_look_;
  ProcessSummary summary_;
  LocalEngine engine_;  // last: its children end before what they report to
};

}  // namespace amphi
