// What stages made: the commit of the protocol, reset, cleanup.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/observe_row.hpp"
#include "catalog/record.hpp"
#include "catalog/store.hpp"
#include "model/receipt_fields.hpp"

namespace amphi {
namespace {

using nlohmann::json;

std::string_view done_word(Stage stage) {
  switch (stage) {
    case Stage::kRip:
      return "ripped";
    case Stage::kTranscode:
      return "transcoded";
    case Stage::kInsert:
      break;
  }
  return "inserted";
}

void put_row(Store& store, TrackId track, const Receipt& receipt, bool removed, bool unverified) {
  std::optional<std::string> folded;
  if (receipt.stage == Stage::kInsert) folded = case_fold(receipt.path);
  // The last look at what was there before goes with its row.
  store.db().run("DELETE FROM artifact WHERE track_id = ? AND stage = ?", track, to_string(receipt.stage));
  static const auto kInsert =
      insert_statement<Receipt>("INSERT INTO artifact", {"track_id", "removed", "unverified", "folded_path"});
  insert_record(store.db(), kInsert, receipt, track, removed, unverified, folded);
}

// The file was there, and as the receipt says, when it was sealed: that was a look.
Observation seen_when_sealed(const Receipt& receipt) {
  return {Observation::Presence::kThere, receipt.size_bytes, receipt.mtime_ns, receipt.inode, "", receipt.created_at};
}

void take_intent_out(Store& store, std::optional<IntentId> intent) {
  if (!intent || store.db().run("DELETE FROM intent WHERE id = ?", *intent) > 0) return;
  throw Error(ErrorKind::kUnexpected, fmt::format("the intent {} is gone: another amphi settled it", intent->value),
              "amphi process --resume looks at what is there");
}

bool committed_before(Store& store, TrackId track, const Receipt& receipt) {
  Use row =
      store.db().use("SELECT step_id = ?, path = ?, created_at = ? FROM artifact WHERE track_id = ? AND stage = ?",
                     receipt.step_id, receipt.path, receipt.created_at, track, to_string(receipt.stage));
  if (!row.step()) return false;
  const bool same_step = row.next<bool>();
  const bool same_path = row.next<bool>();
  return row.next<bool>() && same_step && same_path;
}

std::optional<std::string> path_of(Store& store, TrackId track, Stage stage) {
  Use row = store.db().use("SELECT path FROM artifact WHERE track_id = ? AND stage = ?", track, to_string(stage));
  if (!row.step()) return std::nullopt;
  return row.next<std::string>();
}

// What lies in a folder: the range holds all that starts with "folder/".
struct Beneath {
  std::string folder, start, end;
  explicit Beneath(const std::string& path) : folder(path) {
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    start = folder == "/" ? folder : folder + "/";
    end = start;
    end.back() = '0';  // the character after '/'
  }
};

[[noreturn]] void throw_nothing_recorded(TrackId track, Stage stage) {
  throw Error(ErrorKind::kNotFound,
              fmt::format("nothing is recorded for {} of track {}", to_string(stage), track.value));
}

std::vector<Catalog::TakenPath> read_taken(Use& row) {
  std::vector<Catalog::TakenPath> taken;
  while (row.step()) {
    Catalog::TakenPath one;
    one.path = row.next<std::string>();
    one.track = row.next<TrackId>();
    const int number = row.next<int>();
    const std::string fingerprint = short_fingerprint(row.next<std::string>());
    const auto title = row.next<std::string>();
    one.owner = fmt::format("{}:{}{}", fingerprint, number, title.empty() ? "" : fmt::format(" ({})", title));
    taken.push_back(std::move(one));
  }
  return taken;
}

}  // namespace

void Catalog::commit_artifact(TrackId track, const Receipt& receipt, std::optional<IntentId> intent) {
  Transaction transaction(impl_->writing());
  const DiscId disc = disc_of_track(*impl_, track);
  take_intent_out(*impl_, intent);
  if (!committed_before(*impl_, track, receipt)) {
    put_row(*impl_, track, receipt, false, false);
    write_observation(*impl_, track, receipt.stage, seen_when_sealed(receipt), Verdict::kDone);
    settle_failures(*impl_, track, receipt.stage);
    write_history(*impl_, done_word(receipt.stage), disc, track,
                  {{"step", receipt.step_id},
                   {"path", receipt.path},
                   {"size_bytes", receipt.size_bytes},
                   {"tool", receipt.tool},
                   {"preset", receipt.preset}});
  }
  transaction.commit();
}

void Catalog::put_artifact(TrackId track, const Artifact& artifact) {
  Transaction transaction(impl_->writing());
  const DiscId disc = disc_of_track(*impl_, track);
  const Receipt& receipt = artifact.receipt;
  put_row(*impl_, track, receipt, artifact.removed, artifact.unverified);
  if (!artifact.unverified && !artifact.removed) {
    write_observation(*impl_, track, receipt.stage, seen_when_sealed(receipt), Verdict::kDone);
    settle_failures(*impl_, track, receipt.stage);
  }
  write_history(*impl_, artifact.unverified ? "recorded" : "adopted", disc, track,
                {{"stage", to_string(receipt.stage)}, {"path", receipt.path}, {"size_bytes", receipt.size_bytes}});
  transaction.commit();
}

void Catalog::clear_artifact(TrackId track, Stage stage, std::optional<IntentId> intent, std::string_view why) {
  Transaction transaction(impl_->writing());
  const DiscId disc = disc_of_track(*impl_, track);
  take_intent_out(*impl_, intent);
  const auto path = path_of(*impl_, track, stage);
  settle_failures(*impl_, track, stage);
  impl_->db().run("DELETE FROM artifact WHERE track_id = ? AND stage = ?", track, to_string(stage));
  if (path) {
    write_history(*impl_, "reset", disc, track, {{"stage", to_string(stage)}, {"path", *path}, {"why", why}});
  }
  transaction.commit();
}

void Catalog::mark_removed(TrackId track, Stage stage, std::optional<IntentId> intent) {
  Transaction transaction(impl_->writing());
  const DiscId disc = disc_of_track(*impl_, track);
  take_intent_out(*impl_, intent);
  const auto path = path_of(*impl_, track, stage);
  if (!path) throw_nothing_recorded(track, stage);
  impl_->db().run("UPDATE artifact SET removed = 1 WHERE track_id = ? AND stage = ?", track, to_string(stage));
  Observation gone;
  gone.checked_at = impl_->clock();
  write_observation(*impl_, track, stage, gone, Verdict::kRemoved);
  write_history(*impl_, "removed", disc, track, {{"stage", to_string(stage)}, {"path", *path}});
  transaction.commit();
}

void Catalog::set_digest(TrackId track, Stage stage, const std::string& sha256) {
  Transaction transaction(impl_->writing());
  if (impl_->db().run("UPDATE artifact SET sha256 = ? WHERE track_id = ? AND stage = ?", sha256, track,
                      to_string(stage)) == 0) {
    throw_nothing_recorded(track, stage);
  }
  transaction.commit();
}

std::optional<Receipt> Catalog::recorded(TrackId track, Stage stage) {
  static const std::string kSelect =
      fmt::format("SELECT {} FROM artifact WHERE track_id = ? AND stage = ?", record_columns<Receipt>());
  Use row = impl_->db().use(kSelect.c_str(), track, to_string(stage));
  if (!row.step()) return std::nullopt;
  Receipt receipt;
  read_record(*impl_, row, receipt);
  return receipt;
}

std::optional<double> Catalog::size_ratio_of(const std::string& preset) {
  Use row = impl_->db().use(
      "SELECT 1.0 * sum(t.size_bytes) / nullif(sum(r.size_bytes), 0) FROM (SELECT track_id, size_bytes FROM artifact "
      "WHERE stage = 'transcode' AND preset = ? AND unverified = 0 ORDER BY created_at DESC LIMIT 20) t "
      "JOIN artifact r ON r.track_id = t.track_id AND r.stage = 'rip'",
      preset);
  row.step();
  return row.next<std::optional<double>>();
}

int Catalog::count_artifacts_beneath(const std::string& path) {
  const Beneath range(path);
  Use row = impl_->db().use(
      "SELECT (SELECT count(*) FROM artifact WHERE path = ?1 AND removed = 0) + "
      "(SELECT count(*) FROM artifact WHERE path >= ?2 AND path < ?3 AND removed = 0)",
      range.folder, range.start, range.end);
  row.step();
  return row.next<int>();
}

std::vector<std::string> Catalog::only_imported_beneath(const std::string& path) {
  const Beneath range(path);
  Use row = impl_->db().use(
      "SELECT path, unverified FROM artifact WHERE path >= ?1 AND path < ?2 AND removed = 0 ORDER BY path", range.start,
      range.end);
  std::vector<std::string> paths;
  while (row.step()) {
    paths.push_back(row.next<std::string>());
    if (!row.next<bool>()) return {};
  }
  return paths;
}

std::vector<Catalog::TakenPath> Catalog::inserted_at(const std::vector<std::string>& paths) {
  json folded = json::array();
  for (const std::string& path : paths) folded.push_back(case_fold(path));
  Use row = impl_->db().use(
      "SELECT a.path, a.track_id, t.number, d.fingerprint, coalesce(e.title, d.volume_label) FROM artifact a "
      "JOIN track t ON t.id = a.track_id JOIN disc d ON d.id = t.disc_id LEFT JOIN disc_edit e ON e.disc_id = d.id "
      "WHERE a.stage = 'insert' AND a.removed = 0 AND a.folded_path IN (SELECT value FROM json_each(?)) "
      "ORDER BY a.track_id",
      folded.dump());
  return read_taken(row);
}

}  // namespace amphi
