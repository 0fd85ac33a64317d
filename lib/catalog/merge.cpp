// A scan becomes rows: a new disc, or what changed of a known one. Edits, artifacts and receipts are never touched
// here.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/match.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

struct Known {
  std::optional<DiscId> id;
  bool provisional = false;
  std::string fingerprint;
  std::vector<DiscId> doubtful;  // several fit: none is taken
};

// Identifiers of 32 or 64 bits that were made for grouping, not for telling discs apart, do not join two of them.
bool joins(const Identifier& identifier) {
  return identifier.kind != "freedb" && identifier.kind != "accuraterip" && identifier.kind != "amphi";
}

void read_known(Store& store, DiscId id, Known& known) {
  Use row = store.db().use("SELECT provisional, fingerprint FROM disc WHERE id = ?", id);
  row.step();
  known.id = id;
  known.provisional = row.next<bool>();
  known.fingerprint = row.next<std::string>();
}

std::optional<DiscId> by_fingerprint(Store& store, const std::string& fingerprint) {
  // Through the identifiers, so that a provisional fingerprint still leads to the disc that took its place.
  Use row = store.db().use("SELECT disc_id FROM identifier WHERE value = ? AND kind = 'amphi'", fingerprint);
  if (!row.step()) return std::nullopt;
  return row.next<DiscId>();
}

// Two discs that were both read are two discs, whatever they share: the fingerprint tells pressings apart. Other
// identifiers count where one side knows no more than a log. The ancestor's is as good as a fingerprint, and it took
// some kinds of discs for others.
void add_candidates(Store& store, const ScannedDisc& scan, const Identifier& identifier, std::vector<DiscId>& found) {
  Use row = store.db().use(
      "SELECT d.id FROM identifier i JOIN disc d ON d.id = i.disc_id "
      "WHERE i.value = ? AND i.kind = ? AND (d.kind = ? OR i.kind = 'amphigory') AND (d.provisional = 1 OR ?)",
      identifier.value, identifier.kind, to_string(scan.kind), scan.provisional);
  while (row.step()) {
    const auto id = row.next<DiscId>();
    if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
  }
}

Known find_known(Store& store, const ScannedDisc& scan) {
  Known known;
  if (const auto id = by_fingerprint(store, scan.fingerprint)) {
    read_known(store, *id, known);
    return known;
  }
  std::vector<DiscId> found;
  for (const Identifier& identifier : scan.identifiers) {
    if (joins(identifier)) add_candidates(store, scan, identifier, found);
  }
  if (found.size() == 1) read_known(store, found.front(), known);
  if (found.size() > 1) known.doubtful = found;
  return known;
}

DiscId insert_disc(Store& store, const ScannedDisc& scan) {
  store.db().run(
      "INSERT INTO disc (fingerprint, kind, provisional, encrypted, volume_label, source_kind, source_path, "
      "scanned_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      scan.fingerprint, to_string(scan.kind), scan.provisional, scan.encrypted, to_valid_utf8(scan.volume_label),
      to_string(scan.source.kind), scan.source.path, scan.scanned_at.value_or(store.clock()));
  return {store.db().last_id()};
}

// A folder has no volume label; what an image told before stays. What was only written down of a disc is no place to
// rip it from.
void update_disc(Store& store, DiscId id, const ScannedDisc& scan) {
  store.db().run(
      "UPDATE disc SET fingerprint = ?, kind = ?, provisional = ?, encrypted = ?, scanned_at = ?, "
      "volume_label = iif(? = '', volume_label, ?) WHERE id = ?",
      scan.fingerprint, to_string(scan.kind), scan.provisional, scan.encrypted, store.clock(), scan.volume_label,
      to_valid_utf8(scan.volume_label), id);
  store.db().run("UPDATE disc SET source_kind = ?, source_path = ? WHERE id = ? AND (source_kind = 'log' OR ?)",
                 to_string(scan.source.kind), scan.source.path, id, scan.source.kind != SourceKind::kLog);
  if (scan.partial) return;
  // The rescan that was asked for.
  store.db().run(
      "UPDATE disc SET reprocessing = NULL, reprocessing_since = NULL WHERE id = ? AND reprocessing = 'missing-tracks'",
      id);
}

void unite_identifiers(Store& store, DiscId id, const ScannedDisc& scan) {
  constexpr const char* kInsert = "INSERT OR IGNORE INTO identifier (disc_id, kind, value) VALUES (?, ?, ?)";
  store.db().run(kInsert, id, "amphi", scan.fingerprint);
  for (const Identifier& identifier : scan.identifiers) store.db().run(kInsert, id, identifier.kind, identifier.value);
}

// A source that lists none says nothing against those that another listed.
void replace_files(Store& store, DiscId id, const std::vector<ListedFile>& files) {
  if (files.empty() || files == load_files(store, id)) return;
  store.db().run("DELETE FROM disc_file WHERE disc_id = ?", id);
  for (const ListedFile& file : files) {
    store.db().run("INSERT OR REPLACE INTO disc_file (disc_id, path, size_bytes) VALUES (?, ?, ?)", id, file.path,
                   file.size_bytes);
  }
}

std::vector<Track> load_stored(Store& store, DiscId id) {
  std::vector<Track> tracks;
  static const std::string kSelect = fmt::format(
      "SELECT {} FROM track t LEFT JOIN track_edit e ON e.track_id = t.id WHERE t.disc_id = ? "
      "ORDER BY t.vanished, t.number, t.id",
      track_columns());
  Use row = store.db().use(kSelect.c_str(), id);
  TrackLists last;
  while (row.step()) tracks.push_back(read_track(store, row, last));
  return tracks;
}

TrackId insert_track(Store& store, DiscId disc) {
  store.db().run(
      "INSERT INTO track (disc_id, number, vanished, type, score, confidence, reasons, reference, duration_seconds, "
      "size_bytes, aspect, frame_rate, chapter_count, segment_map, source_name, chapters, segments, audio, subtitles) "
      "VALUES (?, 0, 0, '', 0, '', '[]', '', 0, 0, '', 0, 0, '', '', '[]', '[]', '[]', '[]')",
      disc);
  return {store.db().last_id()};
}

void write_track(Store& store, TrackId id, const ScannedTrack& scan, const Classification& type) {
  std::optional<int> width, height;
  if (scan.resolution) width = scan.resolution->width, height = scan.resolution->height;
  const auto text = [](const auto& list) {
    return nlohmann::json(list).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  };
  store.db().run(
      "UPDATE track SET number = ?, vanished = 0, type = ?, score = ?, confidence = ?, reasons = ?, reference = ?, "
      "duration_seconds = ?, size_bytes = ?, video_codec = ?, width = ?, height = ?, aspect = ?, frame_rate = ?, "
      "chapter_count = ?, "
      "segment_map = ?, source_name = ?, chapters = ?, segments = ?, audio = ?, subtitles = ? WHERE id = ?",
      scan.number, to_string(type.type), type.score, type.confidence, text(type.reasons), scan.reference,
      scan.duration_seconds, scan.size_bytes, scan.video_codec, width, height, scan.aspect, scan.frame_rate,
      scan.chapter_count, scan.segment_map, scan.source_name, text(scan.chapters), text(scan.segments),
      text(scan.audio), text(scan.subtitles), id);
}

// One merge of one disc: what it changes, and what people are told of it.
class Merge {
 public:
  Merge(Store& store, const ScannedDisc& scan, const std::vector<Classification>& types, MergeResult& result)
      : store_(store), scan_(scan), types_(types), result_(result) {}

  void tracks() {
    const auto stored = load_stored(store_, result_.disc_id);
    const auto matches = match_tracks(stored, scan_.tracks);
    std::vector<bool> seen(stored.size());
    for (std::size_t i = 0; i < scan_.tracks.size(); ++i) {
      if (matches[i]) seen[*matches[i]] = true;
      take(i, matches[i] ? &stored[*matches[i]] : nullptr);
    }
    // A source that ended early proves nothing about what is missing from it.
    for (std::size_t j = 0; j < stored.size() && !scan_.partial; ++j) {
      if (!seen[j] && !stored[j].vanished) vanish(stored[j]);
    }
  }

 private:
  void take(std::size_t i, const Track* before) {
    const ScannedTrack& track = scan_.tracks[i];
    const TrackId id = before ? before->id : insert_track(store_, result_.disc_id);
    if (!before || before->scanned != track || before->classification != types_[i] || before->vanished) {
      write_track(store_, id, track, types_[i]);
    }
    if (!result_.known) return;
    if (!before) {
      tell(id, "track_added", fmt::format("track {} is new", track.number));
    } else if (before->vanished) {
      tell(id, "track_returned", fmt::format("track {} is back", track.number));
    } else {
      compare(*before, i);
    }
  }

  void compare(const Track& before, std::size_t i) {
    const ScannedTrack& now = scan_.tracks[i];
    if (before.scanned.number != now.number) {
      tell(before.id, "track_moved", fmt::format("track {} is now track {}", before.scanned.number, now.number));
    }
    if (before.classification.type != types_[i].type) {
      tell(before.id, "track_reclassified",
           fmt::format("track {} is now taken for {} instead of {}", now.number, to_string(types_[i].type),
                       to_string(before.classification.type)));
    }
  }

  void vanish(const Track& track) {
    store_.db().run("UPDATE track SET vanished = 1 WHERE id = ?", track.id);
    tell(track.id, "track_vanished", fmt::format("track {} vanished", track.scanned.number));
  }

  void tell(TrackId id, std::string_view event, std::string note) {
    write_history(store_, event, result_.disc_id, id, {{"note", note}});
    result_.notes.push_back(std::move(note));
  }

  Store& store_;
  const ScannedDisc& scan_;
  const std::vector<Classification>& types_;
  MergeResult& result_;
};

std::string doubt_note(Store& store, const Known& known) {
  std::vector<std::string> names;
  for (const DiscId id : known.doubtful) names.push_back(disc_name(store, id));
  return "its identifiers fit several discs, so it is kept apart from them: " + join(names, ", ");
}

void merge_into(Store& store, const ScannedDisc& scan, const Known& known, MergeResult& result) {
  result.disc_id = *known.id;
  result.known = true;
  if (known.provisional && !scan.provisional) {
    result.notes.push_back(fmt::format("{} is the disc that was known by a log only as {}",
                                       short_fingerprint(scan.fingerprint), short_fingerprint(known.fingerprint)));
  }
  update_disc(store, *known.id, scan);
}

}  // namespace

MergeResult Catalog::store_scan(const ScannedDisc& scan, const std::vector<Classification>& classes) {
  if (classes.size() != scan.tracks.size()) {
    throw Error(ErrorKind::kUnexpected, "a scan needs one classification per track", "this is a fault of amphi's");
  }
  Connection& db = impl_->writing();
  Transaction transaction(db);
  const Known known = find_known(*impl_, scan);
  MergeResult result;
  // A log tells less than the disc that was read before: it adds its identifiers and no more.
  const bool only_identifiers = known.id && scan.provisional && !known.provisional;
  if (only_identifiers) {
    result.disc_id = *known.id;
    result.known = true;
    result.notes.push_back("the disc itself was read before: the log adds only its identifiers");
  } else if (known.id) {
    merge_into(*impl_, scan, known, result);
  } else {
    result.disc_id = insert_disc(*impl_, scan);
    if (!known.doubtful.empty()) result.notes.push_back(doubt_note(*impl_, known));
  }
  unite_identifiers(*impl_, result.disc_id, scan);
  if (!only_identifiers) {
    replace_files(*impl_, result.disc_id, scan.files);
    Merge(*impl_, scan, classes, result).tracks();
  }
  write_history(
      *impl_, "scanned", result.disc_id, std::nullopt,
      {{"source", scan.source.path}, {"known", result.known}, {"tracks", scan.tracks.size()}, {"notes", result.notes}});
  transaction.commit();
  return result;
}

TrackId Catalog::add_track(DiscId id, const ScannedTrack& track, const Classification& classification) {
  Transaction transaction(impl_->writing());
  Known disc;
  require_disc(*impl_, id);
  read_known(*impl_, id, disc);
  const TrackId added = insert_track(*impl_, id);
  write_track(*impl_, added, track, classification);
  if (!disc.provisional) impl_->db().run("UPDATE track SET vanished = 1 WHERE id = ?", added);
  transaction.commit();
  return added;
}

std::optional<DiscId> Catalog::find_by_identifiers(const ScannedDisc& scan) {
  Transaction same_state(impl_->db(), Transaction::Kind::kRead);
  return find_known(*impl_, scan).id;
}

}  // namespace amphi
