// Discs: finding one, loading one whole, forgetting, flagging.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

Disc load_disc_row(Store& store, DiscId id) {
  static const std::string kSelect =
      fmt::format("SELECT {} FROM disc d LEFT JOIN disc_edit e ON e.disc_id = d.id WHERE d.id = ?", disc_columns());
  Use row = store.db().use(kSelect.c_str(), id);
  if (!row.step()) throw_no_disc(id);
  return read_disc(store, row);
}

void load_identifiers(Store& store, Disc& disc) {
  Use row = store.db().use("SELECT kind, value FROM identifier WHERE disc_id = ?", disc.id);
  while (row.step()) {
    auto kind = row.next<std::string>();
    disc.identifiers.push_back({std::move(kind), row.next<std::string>()});
  }
}

std::string tracks_of_disc(const std::string& columns) {
  return fmt::format(
      "SELECT {} FROM track t LEFT JOIN track_edit e ON e.track_id = t.id WHERE t.disc_id = ? "
      "ORDER BY t.vanished, t.number, t.id",
      columns);
}

void load_tracks(Store& store, DiscRecord& record, Catalog::Detail detail) {
  static const auto kWhole = tracks_of_disc(track_columns()), kListed = tracks_of_disc(listed_track_columns());
  const auto& select = detail == Catalog::Detail::kWhole ? kWhole : kListed;
  Use row = store.db().use(select.c_str(), record.disc.id);
  TrackLists last;
  while (row.step()) {
    record.tracks.push_back(read_track(store, row, last));
    if (!record.tracks.back().vanished) ++record.disc.track_count;
  }
  record.artifacts.resize(record.tracks.size());
  record.last_attempts.resize(record.tracks.size());
}

std::size_t index_of(const DiscRecord& record, TrackId id) {
  std::size_t i = 0;
  while (i < record.tracks.size() && record.tracks[i].id != id) ++i;
  return i;
}

void load_artifacts(Store& store, DiscRecord& record) {
  static const std::string kSelect = fmt::format(
      "SELECT {} FROM track t JOIN artifact a ON a.track_id = t.id "
      "LEFT JOIN observation o ON o.track_id = a.track_id AND o.stage = a.stage WHERE t.disc_id = ?",
      artifact_columns());
  Use row = store.db().use(kSelect.c_str(), record.disc.id);
  while (row.step()) {
    StoredArtifact stored = read_artifact(store, row);
    const Stage stage = stored.artifact.receipt.stage;
    record.artifacts.at(index_of(record, stored.artifact.track_id))[stage] = std::move(stored);
  }
}

void load_last_attempts(Store& store, DiscRecord& record) {
  // By id: a clock may jump.
  static const std::string kSelect = fmt::format(
      "SELECT {} FROM attempt a WHERE a.id IN (SELECT max(l.id) FROM track t JOIN attempt l "
      "ON l.track_id = t.id WHERE t.disc_id = ? GROUP BY l.track_id, l.stage)",
      attempt_columns());
  Use row = store.db().use(kSelect.c_str(), record.disc.id);
  while (row.step()) {
    Attempt attempt = read_attempt(store, row);
    const Stage stage = attempt.stage;
    record.last_attempts.at(index_of(record, attempt.track_id))[stage] = std::move(attempt);
  }
}

}  // namespace

void require_nothing_runs(Store& store, DiscId id) {
  Use row = store.db().use(
      "SELECT t.number, i.stage FROM track t JOIN intent i ON i.track_id = t.id WHERE t.disc_id = ? LIMIT 1", id);
  if (!row.step()) return;
  const int number = row.next<int>();
  throw Error(ErrorKind::kBusy,
              fmt::format("{} of track {} of {} is under way", row.next<std::string>(), number, disc_name(store, id)),
              "wait for it, or stop it with amphi process cancel");
}

std::vector<ListedFile> load_files(Store& store, DiscId id) {
  std::vector<ListedFile> files;
  Use row = store.db().use("SELECT path, size_bytes FROM disc_file WHERE disc_id = ? ORDER BY path", id);
  while (row.step()) {
    auto path = row.next<std::string>();
    files.push_back({std::move(path), row.next<std::int64_t>()});
  }
  return files;
}

DiscRecord Catalog::load_disc(DiscId id, Detail detail) {
  Transaction same_state(impl_->db(), Transaction::Kind::kRead);
  DiscRecord record;
  record.disc = load_disc_row(*impl_, id);
  load_identifiers(*impl_, record.disc);
  load_tracks(*impl_, record, detail);
  load_artifacts(*impl_, record);
  load_last_attempts(*impl_, record);
  return record;
}

std::vector<DiscId> Catalog::all_discs() {
  std::vector<DiscId> ids;
  Use row = impl_->db().use("SELECT id FROM disc ORDER BY id");
  while (row.step()) ids.push_back(row.next<DiscId>());
  return ids;
}

void Catalog::for_each_disc(const std::function<void(const Disc&)>& take) {
  static const std::string kSelect =
      fmt::format("SELECT {} FROM disc d LEFT JOIN disc_edit e ON e.disc_id = d.id ORDER BY d.id", disc_columns());
  Use row = impl_->db().use(kSelect.c_str());
  while (row.step()) take(read_disc(*impl_, row));
}

std::vector<ListedFile> Catalog::files_of(DiscId id) {
  return load_files(*impl_, id);
}

void Catalog::forget_disc(DiscId id) {
  Connection& db = impl_->writing();
  Transaction transaction(db);
  const std::string name = disc_name(*impl_, id);
  require_nothing_runs(*impl_, id);
  db.run("DELETE FROM disc WHERE id = ?", id);
  // A request that asked for nothing else is done with.
  db.run(
      "UPDATE request SET cancelled_at = ? WHERE finished_at IS NULL AND cancelled_at IS NULL "
      "AND NOT EXISTS (SELECT 1 FROM request_track r WHERE r.request_id = request.id)",
      impl_->clock());
  write_history(*impl_, "forgotten", id, std::nullopt, {{"disc", name}});
  transaction.commit();
}

void Catalog::set_flag(DiscId id, std::optional<ReprocessingType> type) {
  Connection& db = impl_->writing();
  Transaction transaction(db);
  std::optional<std::string_view> word;
  std::optional<Timestamp> since;
  if (type) word = to_string(*type), since = impl_->clock();
  if (db.run("UPDATE disc SET reprocessing = ?, reprocessing_since = ? WHERE id = ?", word, since, id) == 0) {
    throw_no_disc(id);
  }
  write_history(*impl_, "flagged", id, std::nullopt, {{"reprocessing", word ? nlohmann::json(*word) : nullptr}});
  transaction.commit();
}

}  // namespace amphi
