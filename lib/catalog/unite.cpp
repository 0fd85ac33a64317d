// `disc merge`: two discs of the catalog that are one. Nothing that was recorded is lost: edits, artifacts, attempts,
// requests and history of the other go over; a track that only the other has goes over too, and counts as vanished
// where the disc that was read itself does not have it.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/edit_rows.hpp"
#include "catalog/match.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

// What the other says and the kept one does not.
template <class Id>
void fill_edits(Store& store, Id own, Id other) {
  const auto others = find_edits(store, other);
  if (!others) return;
  const auto edits = find_edits(store, own);
  write_edits(store, own, edits ? filled(*edits, *others) : *others);
}

bool has_file(const std::optional<StoredArtifact>& artifact) {
  return artifact && !artifact->artifact.removed;
}

class Union {
 public:
  Union(Store& store, const DiscRecord& kept, const DiscRecord& other)
      : store_(store), kept_(kept), other_(other), id_(kept.disc.id), facts_of_other_(takes_facts_of_other()) {
    result_.disc_id = id_;
    result_.known = true;
  }

  MergeResult run() {
    require_one_kind();
    pair_tracks();
    for (std::size_t i = 0; i < other_.tracks.size(); ++i) require_free_stages(i);
    for (std::size_t i = 0; i < other_.tracks.size(); ++i) {
      pair_[i] ? give_to(kept_.tracks[*pair_[i]], other_.tracks[i]) : move_over(other_.tracks[i]);
    }
    if (facts_of_other_) leave_rest_vanished();
    unite_disc();
    return std::move(result_);
  }

 private:
  // A disc that was read itself knows better than a log or another program's catalog.
  bool takes_facts_of_other() const { return kept_.disc.provisional && !other_.disc.provisional; }

  void require_one_kind() const {
    const bool both_read = !kept_.disc.provisional && !other_.disc.provisional;
    if (!both_read || kept_.disc.kind == other_.disc.kind) return;
    throw Error(ErrorKind::kUsage,
                fmt::format("{} is a {} and {} a {}", disc_name(store_, id_), to_string(kept_.disc.kind),
                            disc_name(store_, other_.disc.id), to_string(other_.disc.kind)),
                "nothing was changed; both were read, so they are two discs");
  }

  void pair_tracks() {
    std::vector<ScannedTrack> scanned;
    for (const auto& track : other_.tracks) scanned.push_back(track.scanned);
    pair_ = match_tracks(kept_.tracks, scanned);
  }

  void require_free_stages(std::size_t i) const {
    if (!pair_[i]) return;
    for (const Stage stage : kStages) {
      const auto& own = kept_.artifacts[*pair_[i]][stage];
      const auto& others = other_.artifacts[i][stage];
      if (!has_file(own) || !has_file(others) || own->artifact.receipt.path == others->artifact.receipt.path) continue;
      throw Error(ErrorKind::kUsage,
                  fmt::format("both have a file of {} of track {}: {} and {}", to_string(stage),
                              kept_.tracks[*pair_[i]].scanned.number, escape_controls(own->artifact.receipt.path),
                              escape_controls(others->artifact.receipt.path)),
                  fmt::format("nothing was changed; `amphi track reset {} --from {} --keep-files` lets go of one",
                              other_.tracks[i].id.value, to_string(stage)));
    }
  }

  // All that hangs on a track of the other disc goes to the track that it is.
  void give_to(const Track& own, const Track& others) {
    give_artifacts(own, others);
    fill_edits(store_, own.id, others.id);
    Connection& db = store_.db();
    db.run("UPDATE attempt SET track_id = ? WHERE track_id = ?", own.id, others.id);
    db.run("UPDATE history SET disc_id = ?, track_id = ? WHERE track_id = ?", id_, own.id, others.id);
    db.run(
        "DELETE FROM request_track WHERE track_id = ? AND request_id IN "
        "(SELECT request_id FROM request_track WHERE track_id = ?)",
        others.id, own.id);
    db.run("UPDATE request_track SET track_id = ? WHERE track_id = ?", own.id, others.id);
    if (facts_of_other_) take_facts(own.id, others.id);
    if (own.scanned.number != others.scanned.number) {
      note(fmt::format("track {} of {} is track {}", others.scanned.number, short_fingerprint(other_.disc.fingerprint),
                       own.scanned.number));
    }
  }

  // Of one file that both have recorded the record counts that was made with the file, not one that was imported; what
  // was removed on purpose gives way to a file.
  void give_artifacts(const Track& own, const Track& others) {
    Connection& db = store_.db();
    db.run("DELETE FROM observation WHERE track_id IN (?, ?)", own.id, others.id);
    db.run(
        "DELETE FROM artifact WHERE track_id = ?1 AND EXISTS (SELECT 1 FROM artifact o WHERE o.track_id = ?2 "
        "AND o.stage = artifact.stage AND 2 * o.removed + o.unverified < 2 * artifact.removed + artifact.unverified)",
        own.id, others.id);
    db.run("UPDATE OR IGNORE artifact SET track_id = ? WHERE track_id = ?", own.id, others.id);
  }

  void take_facts(TrackId own, TrackId others) {
    store_.db().run(
        "UPDATE track SET (number, vanished, type, score, confidence, reasons, reference, duration_seconds, "
        "size_bytes, video_codec, width, height, aspect, frame_rate, chapter_count, segment_map, source_name, "
        "chapters, "
        "segments, audio, subtitles) = (SELECT number, vanished, type, score, confidence, reasons, reference, "
        "duration_seconds, size_bytes, video_codec, width, height, aspect, frame_rate, chapter_count, segment_map, "
        "source_name, chapters, segments, audio, subtitles FROM track WHERE id = ?) WHERE id = ?",
        others, own);
  }

  void move_over(const Track& track) {
    const bool vanished = track.vanished || !facts_of_other_;
    store_.db().run("UPDATE track SET disc_id = ?, vanished = ? WHERE id = ?", id_, vanished, track.id);
    store_.db().run("UPDATE history SET disc_id = ? WHERE track_id = ?", id_, track.id);
    note(fmt::format("track {} of {} is in no place of the disc's{}", track.scanned.number,
                     short_fingerprint(other_.disc.fingerprint), vanished ? ": kept, as vanished" : " yet: added"));
  }

  void leave_rest_vanished() {
    for (std::size_t j = 0; j < kept_.tracks.size(); ++j) {
      const bool paired =
          std::any_of(pair_.begin(), pair_.end(), [&](const auto& index) { return index && *index == j; });
      if (paired || kept_.tracks[j].vanished) continue;
      store_.db().run("UPDATE track SET vanished = 1 WHERE id = ?", kept_.tracks[j].id);
      note(fmt::format("track {} vanished", kept_.tracks[j].scanned.number));
    }
  }

  void unite_disc() {
    Connection& db = store_.db();
    const DiscId other = other_.disc.id;
    const auto name = disc_name(store_, other);
    db.run(
        "INSERT OR IGNORE INTO identifier (disc_id, kind, value) SELECT ?, kind, value FROM identifier WHERE disc_id = "
        "?",
        id_, other);
    fill_edits(store_, id_, other);
    give_files(other);
    db.run("UPDATE history SET disc_id = ? WHERE disc_id = ?", id_, other);
    db.run("DELETE FROM disc WHERE id = ?", other);
    if (facts_of_other_) take_facts_of(other_.disc);
    if (!kept_.disc.reprocessing && other_.disc.reprocessing) {
      db.run("UPDATE disc SET reprocessing = ?, reprocessing_since = ? WHERE id = ?",
             to_string(other_.disc.reprocessing->type), other_.disc.reprocessing->since, id_);
    }
    write_history(store_, "merged", id_, std::nullopt, {{"disc", name}, {"notes", result_.notes}});
  }

  // One list, never two mixed: that of the disc that was read itself.
  void give_files(DiscId other) {
    const auto theirs = load_files(store_, other);
    if (theirs.empty() || (!facts_of_other_ && !load_files(store_, id_).empty())) return;
    store_.db().run("DELETE FROM disc_file WHERE disc_id = ?", id_);
    store_.db().run("UPDATE disc_file SET disc_id = ? WHERE disc_id = ?", id_, other);
  }

  void take_facts_of(const Disc& disc) {
    store_.db().run(
        "UPDATE disc SET fingerprint = ?, kind = ?, provisional = ?, encrypted = ?, volume_label = ?, source_kind = ?, "
        "source_path = ?, scanned_at = ? WHERE id = ?",
        disc.fingerprint, to_string(disc.kind), disc.provisional, disc.encrypted, disc.volume_label,
        to_string(disc.source.kind), disc.source.path, disc.scanned_at, id_);
  }

  void note(std::string text) { result_.notes.push_back(std::move(text)); }

  Store& store_;
  const DiscRecord& kept_;
  const DiscRecord& other_;
  const DiscId id_;
  const bool facts_of_other_;
  std::vector<std::optional<std::size_t>> pair_;  // per track of the other: the kept disc's
  MergeResult result_;
};

// Ends a preview's transaction without keeping what it did.
struct OnlyLooked {};

}  // namespace

MergeResult Catalog::merge_discs(DiscId id, DiscId other, Merging merging) {
  if (id == other)
    throw Error(ErrorKind::kUsage, "a disc cannot be merged with itself", "name two discs: amphi disc list");
  MergeResult result;
  try {
    in_one_transaction([&] {
      const auto kept = load_disc(id), gone = load_disc(other);
      require_nothing_runs(*impl_, id);
      require_nothing_runs(*impl_, other);
      result = Union(*impl_, kept, gone).run();
      if (merging == Merging::kPreview) throw OnlyLooked{};
    });
  } catch (const OnlyLooked&) {
  }
  return result;
}

}  // namespace amphi
