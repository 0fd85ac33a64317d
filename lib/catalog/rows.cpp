#include "catalog/rows.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "catalog/backup_names.hpp"
#include "catalog/record.hpp"
#include "model/edit_fields.hpp"
#include "model/names.hpp"
#include "model/receipt_fields.hpp"
#include "model/request_fields.hpp"

namespace amphi {
namespace {

using Presence = Observation::Presence;
constexpr Names<Presence, 3> kPresences{
    {{Presence::kThere, "there"}, {Presence::kAbsent, "absent"}, {Presence::kUnreadable, "unreadable"}}};

template <class Parse>
auto word(const Store& store, const std::string& text, Parse parse) {
  const auto value = parse(text);
  if (!value) throw_damaged(store, fmt::format("unknown word '{}'", text));
  return *value;
}

template <class T>
T document(const Store& store, const std::string& text, std::string_view what) {
  try {
    return nlohmann::json::parse(text).get<T>();
  } catch (const nlohmann::json::exception&) {
  } catch (const Error&) {
  }
  throw_damaged(store, what);
}

// An empty list needs no parser.
template <class T>
std::vector<T> list(const Store& store, const std::string& text, std::string_view what) {
  if (text == "[]") return {};
  return document<std::vector<T>>(store, text, what);
}

template <class T>
const std::vector<T>& list_again(const Store& store, LastList<T>& last, std::string text, std::string_view what) {
  if (text != last.text) {
    last.items = list<T>(store, text, what);
    last.text = std::move(text);
  }
  return last.items;
}

ScannedTrack read_scanned(const Store& store, Use& row, TrackLists& last) {
  ScannedTrack track;
  track.number = row.next<int>();
  track.reference = row.next<std::string>();
  track.duration_seconds = row.next<double>();
  track.size_bytes = row.next<std::int64_t>();
  track.video_codec = row.next<std::string>();
  const auto width = row.next<std::optional<int>>();
  const auto height = row.next<std::optional<int>>();
  if (width && height) track.resolution = Resolution{*width, *height};
  track.aspect = row.next<std::string>();
  track.frame_rate = row.next<double>();
  track.chapter_count = row.next<int>();
  track.segment_map = row.next<std::string>();
  track.source_name = row.next<std::string>();
  track.chapters = list<double>(store, row.next<std::string>(), "chapters of a track");
  track.segments = list<Segment>(store, row.next<std::string>(), "segments of a track");
  track.audio = list_again(store, last.audio, row.next<std::string>(), "audio streams of a track");
  track.subtitles = list_again(store, last.subtitles, row.next<std::string>(), "subtitle streams of a track");
  return track;
}

std::string track_columns_with(std::string_view chapters, std::string_view segments) {
  return fmt::format(
      "t.id, t.disc_id, t.vanished, t.type, t.score, t.confidence, t.reasons, t.number, t.reference, "
      "t.duration_seconds, t.size_bytes, t.video_codec, t.width, t.height, t.aspect, t.frame_rate, t.chapter_count, "
      "t.segment_map, t.source_name, {}, {}, t.audio, t.subtitles, {}",
      chapters, segments, record_columns<TrackEdits>("e."));
}

Observation read_observation(const Store& store, Use& row) {
  Observation seen;
  seen.presence =
      word(store, row.next<std::string>(), [](std::string_view text) { return value_of(kPresences, text); });
  seen.size_bytes = row.next<std::int64_t>();
  seen.mtime_ns = row.next<std::int64_t>();
  seen.inode = static_cast<std::uint64_t>(row.next<std::int64_t>());
  seen.trouble = row.next<std::string>();
  seen.checked_at = row.next<Timestamp>();
  return seen;
}

}  // namespace

void throw_damaged(const Store& store, std::string_view what) {
  throw Error(ErrorKind::kCatalog, fmt::format("the catalog {} is damaged: {}", store.path, what),
              way_back(store.path, "keep the file; it was not changed"));
}

std::string_view to_string(Observation::Presence presence) {
  return name_of(kPresences, presence);
}

std::vector<std::string> read_texts(const Store& store, const std::string& text, std::string_view called) {
  return list<std::string>(store, text, called);
}

Stage read_stage(const Store& store, Use& row) {
  return word(store, row.next<std::string>(), parse_stage);
}

const std::string& disc_columns() {
  static const std::string kColumns = fmt::format(
      "d.id, d.fingerprint, d.kind, d.provisional, d.encrypted, d.volume_label, d.source_kind, d.source_path, "
      "d.scanned_at, d.reprocessing, d.reprocessing_since, {}",
      record_columns<DiscEdits>("e."));
  return kColumns;
}

Disc read_disc(const Store& store, Use& row) {
  Disc disc;
  disc.id = row.next<DiscId>();
  disc.fingerprint = row.next<std::string>();
  disc.kind = word(store, row.next<std::string>(), parse_disc_kind);
  disc.provisional = row.next<bool>();
  disc.encrypted = row.next<bool>();
  disc.volume_label = row.next<std::string>();
  disc.source.kind = word(store, row.next<std::string>(), parse_source_kind);
  disc.source.path = row.next<std::string>();
  disc.scanned_at = row.next<Timestamp>();
  const auto flag = row.next<std::optional<std::string>>();
  const auto since = row.next<std::optional<Timestamp>>();
  if (flag && since) disc.reprocessing = ReprocessingFlag{word(store, *flag, parse_reprocessing_type), *since};
  read_record(store, row, disc.edits);
  return disc;
}

const std::string& track_columns() {
  static const auto kColumns = track_columns_with("t.chapters", "t.segments");
  return kColumns;
}

const std::string& listed_track_columns() {
  static const auto kColumns = track_columns_with("'[]'", "'[]'");
  return kColumns;
}

Track read_track(const Store& store, Use& row, TrackLists& last) {
  Track track;
  track.id = row.next<TrackId>();
  track.disc_id = row.next<DiscId>();
  track.vanished = row.next<bool>();
  track.classification.type = word(store, row.next<std::string>(), parse_track_type);
  track.classification.score = row.next<double>();
  track.classification.confidence = row.next<std::string>();
  track.classification.reasons =
      list_again(store, last.reasons, row.next<std::string>(), "reasons of a classification");
  track.scanned = read_scanned(store, row, last);
  read_record(store, row, track.edits);
  return track;
}

const std::string& artifact_columns() {
  static const std::string kColumns = fmt::format(
      "a.track_id, a.removed, a.unverified, {}, o.verdict, o.presence, o.size_bytes, o.mtime_ns, o.inode, o.trouble, "
      "o.checked_at",
      record_columns<Receipt>("a."));
  return kColumns;
}

StoredArtifact read_artifact(const Store& store, Use& row) {
  StoredArtifact stored;
  Artifact& artifact = stored.artifact;
  artifact.track_id = row.next<TrackId>();
  artifact.removed = row.next<bool>();
  artifact.unverified = row.next<bool>();
  read_record(store, row, artifact.receipt);
  if (const auto verdict = row.next<std::optional<std::string>>()) {
    stored.verdict = word(store, *verdict, parse_verdict);
    stored.seen = read_observation(store, row);
  }
  return stored;
}

const std::string& attempt_columns() {
  static const std::string kColumns = "a.id, " + record_columns<Attempt>("a.");
  return kColumns;
}

Attempt read_attempt(const Store& store, Use& row) {
  Attempt attempt;
  attempt.id = row.next<std::int64_t>();
  read_record(store, row, attempt);
  return attempt;
}

const std::string& request_columns() {
  static const std::string kColumns = "q.id, " + record_columns<Request>("q.");
  return kColumns;
}

Request read_request(const Store& store, Use& row) {
  Request request;
  request.id = row.next<RequestId>();
  read_record(store, row, request);
  return request;
}

Intent read_intent(const Store& store, Use& row) {
  Intent intent;
  intent.id = row.next<IntentId>();
  intent.step_id = row.next<std::string>();
  intent.track_id = row.next<TrackId>();
  intent.stage = read_stage(store, row);
  intent.kind = word(store, row.next<std::string>(), parse_intent_kind);
  intent.spec_json = row.next<std::string>();
  intent.held_by = row.next<std::string>();
  intent.created_at = row.next<Timestamp>();
  return intent;
}

HistoryEntry read_history(Use& row) {
  HistoryEntry entry;
  entry.id = row.next<std::int64_t>();
  entry.at = row.next<Timestamp>();
  entry.disc_id = row.next<std::optional<DiscId>>();
  entry.track_id = row.next<std::optional<TrackId>>();
  entry.event = row.next<std::string>();
  entry.detail = row.next<std::string>();
  return entry;
}

}  // namespace amphi
