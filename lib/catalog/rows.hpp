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
#define AMPHI_SCANNED_COLUMNS                                                                            \
  "t.number, t.reference, t.duration_seconds, t.size_bytes, t.width, t.height, t.aspect, t.frame_rate, " \
  "t.chapter_count, t.segment_map, t.source_name, t.chapters, t.segments, t.audio, t.subtitles"
#define AMPHI_TRACK_COLUMNS                                                                       \
  "t.id, t.disc_id, t.vanished, t.type, t.score, t.confidence, t.reasons, " AMPHI_SCANNED_COLUMNS \
  ", " AMPHI_TRACK_EDIT_COLUMNS
Track read_track(const Store& store, Use& row);
TrackEdits read_track_edits(const Store& store, Use& row);

// a.*, o.*: artifact and observation (which may be missing).
#define AMPHI_ARTIFACT_COLUMNS                                                                         \
  "a.id, a.track_id, a.stage, a.removed, a.unverified, a.sha256, a.created_at, a.receipt, o.verdict, " \
  "o.presence, o.size_bytes, o.mtime_ns, o.inode, o.trouble, o.checked_at"
StoredArtifact read_artifact(const Store& store, Use& row);

#define AMPHI_ATTEMPT_COLUMNS                                                                                  \
  "a.step_id, a.track_id, a.stage, a.request_id, a.started_at, a.finished_at, a.outcome, a.cause, a.message, " \
  "a.circumstance, a.log_path, a.id"
Attempt read_attempt(const Store& store, Use& row);

Stage read_stage(const Store& store, Use& row);

std::string_view to_string(Observation::Presence presence);

}  // namespace amphi
