// Rows as values: which columns make a disc, a track, an artifact. Each reader takes the columns of its list, in order.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "amphi/catalog.hpp"
#include "catalog/statement.hpp"
#include "catalog/store.hpp"

namespace amphi {

// A stored word or document that this amphi does not know means a damaged catalog.
[[noreturn]] void throw_damaged(const Store& store, std::string_view what);

// d.*, e.*: disc and disc_edit; without identifiers.
#define AMPHI_DISC_COLUMNS                                                                                    \
  "d.id, d.fingerprint, d.kind, d.provisional, d.encrypted, d.volume_label, d.source_kind, d.source_path, "   \
  "d.scanned_at, d.reprocessing, d.reprocessing_since, e.title, e.year, e.imdb_id, e.tmdb_id, e.media_type, " \
  "e.show_name, e.edition, e.notes"
Disc read_disc(const Store& store, Use& row);

#define AMPHI_DISC_EDIT_COLUMNS "e.title, e.year, e.imdb_id, e.tmdb_id, e.media_type, e.show_name, e.edition, e.notes"
DiscEdits read_disc_edits(const Store& store, Use& row);

// t.*, e.*: track and track_edit.
#define AMPHI_TRACK_EDIT_COLUMNS                                                                           \
  "e.track_name, e.track_type, e.preset_name, e.edition, e.language, e.season, e.episode, e.episode_end, " \
  "e.wanted"
#define AMPHI_TRACK_COLUMNS_WITH(CHAPTERS, SEGMENTS)                                                              \
  "t.id, t.disc_id, t.vanished, t.type, t.score, t.confidence, t.reasons, t.number, t.reference, "                \
  "t.duration_seconds, t.size_bytes, t.video_codec, t.width, t.height, t.aspect, t.frame_rate, t.chapter_count, " \
  "t.segment_map, t.source_name, " CHAPTERS ", " SEGMENTS ", t.audio, t.subtitles, " AMPHI_TRACK_EDIT_COLUMNS
#define AMPHI_TRACK_COLUMNS AMPHI_TRACK_COLUMNS_WITH("t.chapters", "t.segments")
// As if they were empty.
#define AMPHI_LISTED_TRACK_COLUMNS AMPHI_TRACK_COLUMNS_WITH("'[]'", "'[]'")
// Tracks of one disc mostly have the same streams for the same reasons: a list is parsed again only where its text
// differs from the last one's.
template <class T>
struct LastList {
  std::string text = "[]";
  std::vector<T> items;
};
struct TrackLists {
  LastList<std::string> reasons;
  LastList<AudioStream> audio;
  LastList<SubtitleStream> subtitles;
};
Track read_track(const Store& store, Use& row, TrackLists& last);
TrackEdits read_track_edits(const Store& store, Use& row);

// A receipt: the columns of artifact in the order of the value's members.
#define AMPHI_RECEIPT_OF(A)                                                                                           \
  A "stage, " A "step_id, " A "fingerprint, " A "reference, " A "root, " A "path, " A "size_bytes, " A "mtime_ns, " A \
    "inode, " A "sha256, " A "duration_seconds, " A "video_streams, " A "audio_streams, " A "subtitle_streams, " A    \
    "chapters, " A "bad_sectors, " A "tool, " A "tool_version, " A "preset, " A "input_step_id, " A "same_inode, " A  \
    "created_at"
#define AMPHI_RECEIPT_NAMES AMPHI_RECEIPT_OF("")
#define AMPHI_RECEIPT_COLUMNS AMPHI_RECEIPT_OF("a.")

Receipt read_receipt(const Store& store, Use& row);

// a.*, o.*: artifact and observation (which may be missing).
#define AMPHI_ARTIFACT_COLUMNS                                  \
  "a.track_id, a.removed, a.unverified, " AMPHI_RECEIPT_COLUMNS \
  ", o.verdict, o.presence, o.size_bytes, o.mtime_ns, o.inode, o.trouble, o.checked_at"
StoredArtifact read_artifact(const Store& store, Use& row);

#define AMPHI_ATTEMPT_COLUMNS                                                                                  \
  "a.step_id, a.track_id, a.stage, a.request_id, a.started_at, a.finished_at, a.outcome, a.cause, a.message, " \
  "a.circumstance, a.log_path, a.id"
Attempt read_attempt(const Store& store, Use& row);

#define AMPHI_REQUEST_COLUMNS "q.id, q.until_stage, q.jobs, q.created_at, q.finished_at, q.cancelled_at, q.held_by"
Request read_request(const Store& store, Use& row);  // without its tracks

#define AMPHI_INTENT_COLUMNS "id, step_id, track_id, stage, kind, spec, held_by, created_at"
Intent read_intent(const Store& store, Use& row);

#define AMPHI_HISTORY_COLUMNS "id, at, disc_id, track_id, event, detail"
HistoryEntry read_history(Use& row);

Stage read_stage(const Store& store, Use& row);

std::string_view to_string(Observation::Presence presence);

}  // namespace amphi
