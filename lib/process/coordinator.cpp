#include "process/coordinator.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/clock.hpp"
#include "base/signals.hpp"
#include "base/space.hpp"
#include "process/circumstance.hpp"
#include "process/locks.hpp"
#include "process/specs.hpp"
#include "process/state_folder.hpp"
#include "step/checkpoint.hpp"
#include "step/leftovers.hpp"
#include "step/marked_root.hpp"

namespace amphi {
namespace {

constexpr std::chrono::milliseconds kListen(500);
constexpr int kBusyTries = 3;

int jobs_of(const ProcessOptions& options, const Requests& requests, const Config& config) {
  if (options.jobs > 0) return options.jobs;
  return requests.jobs() > 0 ? requests.jobs() : config.transcode.jobs;
}

// Of what amphi itself could not do for a step.
StepEvent failure_of(const Error& error) {
  StepEvent report;
  report.type = StepEvent::Type::kFailed;
  report.cause = Cause::kOther;
  report.message = error.message();
  report.hint = error.hint();
  return report;
}

}  // namespace

std::vector<int> StepLocks::descriptors() const {
  std::vector<int> all{track.descriptor(), destination.descriptor()};
  if (source) all.push_back(source->descriptor());
  return all;
}

Coordinator::Coordinator(Catalog& catalog, const Config& config, const ProcessOptions& options, const Take& take)
    : catalog_(catalog),
      config_(config),
      options_(options),
      take_(take),
      requests_(catalog),
      survey_(catalog, config),
      lanes_(1),
      signals_before_(signals_received()),
      engine_(options.program) {}

ProcessSummary Coordinator::run() {
  for (const auto& line : recover(catalog_, config_)) emit(ProcessEvent::Type::kRecovered, nullptr, nullptr, line);
  take_requests();
  lanes_ = Lanes(jobs_of(options_, requests_, config_));
  make_state_folder(catalog_);
  replan();
  emit(ProcessEvent::Type::kPlan);
  work();
  count_what_is_left();
  if (!stopping_) requests_.finish_done(survey_);
  const bool took_nothing = summary_.done + summary_.failed == 0 && !stopping_ && !summary_.cancelled;
  if (took_nothing && summary_.busy > 0)
    throw Error(ErrorKind::kBusy, fmt::format("all that is left to do is held by another program: {}", held_),
                "try again later, or wait with --wait");
  emit(ProcessEvent::Type::kSummary);
  return summary_;
}

void Coordinator::take_requests() {
  requests_.take(options_);
  while (requests_.empty() && requests_.busy() > 0 && options_.wait && signals_received() == signals_before_) {
    sleep_before_retry();
    requests_.take(options_);
  }
  summary_.busy = requests_.busy();
}

void Coordinator::work() {
  while (!stopping_ || !engine_.idle()) {
    heed_signals();
    heed_cancelling();
    if (!stopping_) start_what_can();
    if (engine_.idle()) {
      if (!pause_for_busy()) return;
      continue;
    }
    const auto report = [&](const std::string& id, const StepEvent& event) {
      const auto running = running_.find(id);
      if (event.type == StepEvent::Type::kProgress && running != running_.end())
        emit(ProcessEvent::Type::kProgress, &running->second.step, &event);
    };
    const auto ended = engine_.wait(kListen, report);
    for (const auto& end : ended) finish(end);
    if (!ended.empty() && !stopping_) replan();
  }
}

void Coordinator::replan() {
  planned_version_ = catalog_.data_version();  // before looking: what changes meanwhile makes the plan stale
  survey_.folders.forget();
  survey_.own.clear();
  for (const auto& [id, running] : running_) survey_.own.insert(running.step.track_id);
  planned_ = plan_tracks(survey_, requests_.tracks(), options_.mode);
  save_looks(survey_);
}

// What a running step will still write: its estimate less what is there of it.
std::int64_t Coordinator::still_to_write(const RunningStep& running) {
  const auto& output = running.spec.output;
  auto left = running.track.stages[running.step.stage].needed_bytes;
  for (const auto& name : {output.temporary, output.scratch})
    if (!name.empty()) left -= bytes_of(output.root + "/" + name);
  return std::max<std::int64_t>(0, left);
}

// Beside what runs on the same disk. The plan has seen to it that the step alone fits.
bool Coordinator::fits(const PlannedStep& step) {
  const auto& stage = planned_.snapshots.at(step.track_id).stages[step.stage];
  const auto free = free_bytes(stage.output_root);
  if (step.action != Action::kMake || stage.needed_bytes == 0 || !free) return true;
  auto needed = stage.needed_bytes - stage.begun_bytes;
  const auto device = survey_.folders.look(stage.output_root).device;
  for (const auto& [id, running] : running_)
    if (survey_.folders.look(running.spec.output.root).device == device) needed += still_to_write(running);
  return needed <= *free;
}

bool Coordinator::startable(const PlannedStep& step) const {
  return step.state == StepState::kReady && !tried_.contains(step.id) && !survey_.own.contains(step.track_id) &&
         lanes_.is_free(step);
}

void Coordinator::start_what_can() {
  busy_.clear();
  for (const auto& [track, snapshot] : planned_.snapshots)
    if (!snapshot.held_by.empty()) busy_.insert(track);
  const auto steps = planned_.plan.steps;
  for (const auto& step : steps) {
    if (!startable(step)) continue;
    if (!fits(step)) {
      if (!engine_.idle()) continue;  // when something ended, there may be room
      return replan();                // the disk is fuller than when the plan was made
    }
    const auto start = try_start(step);
    if (start == Start::kBusy) {
      busy_.insert(step.track_id);
      held_ = describe_held(step);
    }
    if (start == Start::kStale) return;  // the plan is another one now; the next turn looks at it
  }
}

// By whom is known of those who work with this catalog.
std::string Coordinator::describe_held(const PlannedStep& step) {
  const auto& path = step.stage == Stage::kRip ? step.input : step.output;
  for (const auto& work : interrupted_work(catalog_))
    if (work.alive && work.readable && reads_or_makes(work.intent, path))
      return fmt::format("{}, {}", path, work.intent.held_by);
  return path;
}

Coordinator::Start Coordinator::try_start(const PlannedStep& step) {
  try {
    const auto marked = survey_.folders.open(output_root_of(planned_, step));
    auto spec = make_spec(survey_, planned_, step, marked.marker);
    auto track = try_track_lock(catalog_, step.track_id);
    if (!track) return Start::kBusy;
    const auto older = settle_older_intents(step.track_id);
    if (older == Older::kAlive) return Start::kBusy;
    auto locks = take_locks(std::move(*track), marked.root, spec);
    if (!locks) return Start::kBusy;
    // Whatever others did before we had the locks is seen now; what they do later, they cannot do to this track.
    if (older == Older::kSettled || catalog_.data_version() != planned_version_) {
      locks.reset();
      replan();
      return Start::kStale;
    }
    launch(step, std::move(spec), std::move(*locks));
    return Start::kStarted;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kCatalog || error.kind() == ErrorKind::kBusy) throw;
    fail_unstarted(step, error);
    return Start::kFailed;
  }
}

std::optional<StepLocks> Coordinator::take_locks(Lock track, const Root& root, const StepSpec& spec) {
  auto destination = try_destination_lock(root, spec.output.relative);
  if (!destination) return std::nullopt;
  std::optional<Lock> source;
  if (spec.source && !(source = try_source_lock(*spec.source))) return std::nullopt;
  return StepLocks{std::move(track), std::move(*destination), std::move(source)};
}

// Of an amphi that died after this one had recovered.
Coordinator::Older Coordinator::settle_older_intents(TrackId track) {
  const auto open = settle_open(catalog_, survey_.folders, track);
  for (const auto& settled : open.settled) emit(ProcessEvent::Type::kRecovered, nullptr, nullptr, settled.text);
  if (!open.left.empty())
    throw Error(ErrorKind::kUnavailable, open.left.front().second.text, way_out_of(open.left.front().first));
  if (open.alive) return Older::kAlive;
  return open.settled.empty() ? Older::kNone : Older::kSettled;
}

void Coordinator::launch(const PlannedStep& step, StepSpec spec, StepLocks locks) {
  Intent intent;
  intent.step_id = step.id;
  intent.track_id = step.track_id;
  intent.stage = step.stage;
  intent.kind = step.action == Action::kAdopt ? IntentKind::kAdopt : IntentKind::kMake;
  intent.spec_json = nlohmann::json(spec).dump();
  intent.held_by = describe_holder();
  intent.created_at = system_now();
  checkpoint(to_string(step.stage), "intent", Side::kBefore);
  intent.id = catalog_.add_intent(intent);
  checkpoint(to_string(step.stage), "intent", Side::kAfter);
  Attempt attempt;
  attempt.step_id = step.id;
  attempt.track_id = step.track_id;
  attempt.stage = step.stage;
  attempt.request_id = requests_.of(step.track_id);
  attempt.started_at = system_now();
  attempt.outcome = Outcome::kRunning;
  attempt.log_path = spec.log_path;
  const auto number = catalog_.start_attempt(attempt);
  const auto descriptors = locks.descriptors();
  running_.emplace(step.id,
                   RunningStep{step, planned_.snapshots.at(step.track_id), spec, intent, number, std::move(locks)});
  survey_.own.insert(step.track_id);
  lanes_.enter(step);
  patience_ = 0;
  emit(ProcessEvent::Type::kStepStarted, &step);
  try {
    engine_.start(spec, write_spec(catalog_, spec), descriptors);
  } catch (const Error& error) {
    StepEnd end;
    end.id = step.id;
    end.failed = failure_of(error);
    finish(end);
  }
}

// True: look again. A probing amphi holds a lock for an instant, so a few looks come before "busy" is said.
bool Coordinator::pause_for_busy() {
  const bool ready = std::any_of(planned_.plan.steps.begin(), planned_.plan.steps.end(),
                                 [&](const auto& step) { return startable(step) && !busy_.contains(step.track_id); });
  if (stopping_) return false;
  if (ready) return true;
  if (busy_.empty() || (!options_.wait && ++patience_ > kBusyTries)) return false;
  options_.wait ? static_cast<void>(engine_.wait(kListen, {})) : sleep_before_retry();
  replan();
  return true;
}

void Coordinator::finish(const StepEnd& end) {
  const auto found = running_.find(end.id);
  if (found == running_.end()) return;
  const auto running = std::move(found->second);
  running_.erase(found);
  survey_.own.erase(running.step.track_id);
  lanes_.leave(running.step);
  survey_.folders.forget();
  const auto settled = settle(catalog_, survey_.folders, running.intent);
  const bool committed = settled.result == Settlement::Result::kCommitted;
  const auto report = what_happened(running, end, settled);
  record(running, end, committed, report);
  if (!committed && running.step.stage == Stage::kRip) survey_.sources.forget();
}

StepEvent Coordinator::what_happened(const RunningStep& running, const StepEnd& end, const Settlement& settled) const {
  StepEvent report;
  report.type = StepEvent::Type::kFailed;
  report.cause = Cause::kOther;
  if (end.failed)
    report = *end.failed;
  else if (end.silent)
    report.message = fmt::format("no progress for {} s", running.spec.watchdog_seconds);
  else if (settled.result == Settlement::Result::kConflict || settled.result == Settlement::Result::kLeft)
    report.message = settled.text;
  else if (end.exit.signalled)
    report.message = fmt::format("the step was ended by signal {}", end.exit.code);
  else
    report.message = fmt::format("the step ended with {} and left no receipt", end.exit.code);
  if (end.silent) report.cause = Cause::kOther;
  if (report.hint.empty()) report.hint = fmt::format("amphi process log {}", running.step.id);
  report.circumstance = circumstance_of(config_, running.track, running.step.stage, report.cause);
  return report;
}

void Coordinator::record(const RunningStep& running, const StepEnd& end, bool committed, const StepEvent& report) {
  if (committed) {
    ++summary_.done;
    catalog_.end_attempt(running.attempt, Outcome::kDone, std::nullopt, "", "");
    return emit(ProcessEvent::Type::kStepFinished, &running.step, end.published ? &*end.published : nullptr);
  }
  if (end.stopped || report.cause == Cause::kInterrupted) {
    catalog_.end_attempt(running.attempt, Outcome::kInterrupted, std::nullopt, report.message, "");
    tried_.insert(running.step.id);
    return emit(ProcessEvent::Type::kStepFailed, &running.step, &report);
  }
  ++summary_.failed;
  tried_.insert(running.step.id);
  failed_.insert(running.step.id);
  catalog_.end_attempt(running.attempt, Outcome::kFailed, report.cause, report.message, report.circumstance);
  emit(ProcessEvent::Type::kStepFailed, &running.step, &report);
}

void Coordinator::fail_unstarted(const PlannedStep& step, const Error& error) {
  ++summary_.failed;
  tried_.insert(step.id);
  failed_.insert(step.id);
  const auto report = failure_of(error);
  emit(ProcessEvent::Type::kStepFailed, &step, &report);
}

void Coordinator::heed_signals() {
  const int count = signals_received() - signals_before_;
  if (count <= 0) return;
  summary_.signal = last_signal();
  if (!stopping_) engine_.stop_all();
  if (count > 1) engine_.kill_all();
  stopping_ = true;
}

void Coordinator::heed_cancelling() {
  const auto now = std::chrono::steady_clock::now();
  if (now - last_cancel_look_ < kListen) return;
  last_cancel_look_ = now;
  if (!requests_.drop_cancelled()) return;
  summary_.cancelled = true;
  const auto left = requests_.tracks();
  for (const auto& [id, running] : running_)
    if (!left.contains(running.step.track_id)) engine_.stop(id);
  replan();
}

void Coordinator::count_what_is_left() {
  replan();
  for (const auto& [track, snapshot] : planned_.snapshots)
    if (!snapshot.held_by.empty()) {
      busy_.insert(track);
      held_ = fmt::format("track {} of {}, {}", snapshot.number, snapshot.disc_name, snapshot.held_by);
    }
  for (const auto& step : planned_.plan.steps) {
    if (failed_.contains(step.id)) continue;  // counted when it failed
    ++(step.state == StepState::kBlocked ? summary_.blocked : summary_.waiting);
    if (busy_.contains(step.track_id)) ++summary_.busy;
  }
}

void Coordinator::emit(ProcessEvent::Type type, const PlannedStep* step, const StepEvent* report, std::string message) {
  ProcessEvent event;
  event.type = type;
  event.time = system_now();
  if (type == ProcessEvent::Type::kPlan) event.plan = planned_.plan;
  if (step) event.step = *step;
  if (report) event.report = *report;
  event.message = std::move(message);
  event.done = summary_.done;
  event.failed = summary_.failed;
  event.waiting = summary_.waiting;
  event.blocked = summary_.blocked;
  take_(event);
}

ProcessSummary run_process(Catalog& catalog, const Config& config, const ProcessOptions& options,
                           const std::function<void(const ProcessEvent&)>& take) {
  return Coordinator(catalog, config, options, take).run();
}

}  // namespace amphi
