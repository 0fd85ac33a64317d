// Tries of steps, so that what cannot work is not tried for ever.
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "catalog/record.hpp"
#include "catalog/store.hpp"
#include "model/request_fields.hpp"

namespace amphi {
namespace {

struct Tried {
  TrackId track;
  Stage stage;
  std::string step_id;
};

Tried load_tried(Store& store, std::int64_t id) {
  Use row = store.db().use("SELECT track_id, stage, step_id FROM attempt WHERE id = ?", id);
  if (!row.step()) {
    throw Error(ErrorKind::kNotFound, fmt::format("no attempt {} in the catalog", id),
                "its disc was forgotten meanwhile");
  }
  const auto track = row.next<TrackId>();
  const Stage stage = read_stage(store, row);
  return {track, stage, row.next<std::string>()};
}

// Every text that starts with `prefix` and continues in ASCII sorts below this.
std::string after(std::string_view prefix) {
  return std::string(prefix) + "\x7f";
}

}  // namespace

std::int64_t Catalog::start_attempt(const Attempt& attempt) {
  Connection& db = impl_->writing();
  Transaction transaction(db);
  disc_of_track(*impl_, attempt.track_id);
  static const auto kInsert = insert_statement<Attempt>("INSERT INTO attempt");
  Attempt started = attempt;
  if (!started.started_at.ns) started.started_at = impl_->clock();
  started.outcome = Outcome::kRunning;
  insert_record(db, kInsert, started);
  const std::int64_t id = db.last_id();
  transaction.commit();
  return id;
}

void Catalog::end_attempt(std::int64_t id, Outcome outcome, std::optional<Cause> cause, const std::string& message,
                          const std::string& circumstance) {
  Connection& db = impl_->writing();
  Transaction transaction(db);
  const Tried tried = load_tried(*impl_, id);
  const int ended = db.run(
      "UPDATE attempt SET outcome = ?, cause = ?, message = ?, finished_at = ?, "
      "circumstance = iif(? = '', circumstance, ?) WHERE id = ? AND outcome = 'running'",
      to_string(outcome), recorded_word(cause), message, impl_->clock(), circumstance, circumstance, id);
  if (ended == 0) return;
  if (outcome == Outcome::kDone) settle_failures(*impl_, tried.track, tried.stage);
  if (outcome == Outcome::kFailed) {
    write_history(*impl_, "step_failed", std::nullopt, tried.track,
                  {{"stage", to_string(tried.stage)},
                   {"step", tried.step_id},
                   {"cause", recorded_word(cause)},
                   {"message", message}});
  }
  transaction.commit();
}

std::vector<Attempt> Catalog::failures(TrackId track, Stage stage) {
  std::vector<Attempt> failed;
  static const std::string kSelect = fmt::format(
      "SELECT {} FROM attempt a WHERE a.track_id = ? AND a.stage = ? AND a.outcome = 'failed' AND a.settled = 0 "
      "ORDER BY a.id",
      attempt_columns());
  Use row = impl_->db().use(kSelect.c_str(), track, to_string(stage));
  while (row.step()) failed.push_back(read_attempt(*impl_, row));
  return failed;
}

std::optional<Attempt> Catalog::last_attempt(std::string_view step_id_prefix) {
  if (step_id_prefix.empty()) return std::nullopt;
  std::optional<Attempt> last;
  std::set<std::string> steps;
  static const std::string kSelect =
      fmt::format("SELECT {} FROM attempt a WHERE a.step_id >= ? AND a.step_id < ? ORDER BY a.step_id, a.id LIMIT 1000",
                  attempt_columns());
  Use row = impl_->db().use(kSelect.c_str(), step_id_prefix, after(step_id_prefix));
  while (row.step()) {
    last = read_attempt(*impl_, row);
    steps.insert(last->step_id);
    if (last->step_id == step_id_prefix) steps = {last->step_id};
  }
  if (steps.size() > 1) {
    throw Error(ErrorKind::kAmbiguous, fmt::format("'{}' fits {} steps", step_id_prefix, steps.size()),
                "give more digits", {steps.begin(), steps.end()});
  }
  return last;
}

std::vector<Attempt> Catalog::running_attempts() {
  std::vector<Attempt> running;
  static const std::string kSelect =
      fmt::format("SELECT {} FROM attempt a WHERE a.outcome = 'running' ORDER BY a.id", attempt_columns());
  Use row = impl_->db().use(kSelect.c_str());
  while (row.step()) running.push_back(read_attempt(*impl_, row));
  return running;
}

}  // namespace amphi
