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
const std::string& disc_columns();
Disc read_disc(const Store& store, Use& row);

// t.*, e.*: track and track_edit.
const std::string& track_columns();
const std::string& listed_track_columns();  // chapters and segments as if they were empty
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

// a.*, o.*: artifact and observation (which may be missing).
const std::string& artifact_columns();
StoredArtifact read_artifact(const Store& store, Use& row);

// a.*: attempt.
const std::string& attempt_columns();
Attempt read_attempt(const Store& store, Use& row);

// q.*: request.
const std::string& request_columns();
Request read_request(const Store& store, Use& row);  // without its tracks

#define AMPHI_INTENT_COLUMNS "id, step_id, track_id, stage, kind, spec, held_by, created_at"
Intent read_intent(const Store& store, Use& row);

#define AMPHI_HISTORY_COLUMNS "id, at, disc_id, track_id, event, detail"
HistoryEntry read_history(Use& row);

Stage read_stage(const Store& store, Use& row);

// A JSON array of texts; `called` names it where it is damaged.
std::vector<std::string> read_texts(const Store& store, const std::string& text, std::string_view called);

std::string_view to_string(Observation::Presence presence);

}  // namespace amphi
