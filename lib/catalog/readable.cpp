#include "catalog/readable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalog/rows.hpp"

namespace amphi {
namespace {

Use all_rows(Store& store, const std::string& sql) {
  return store.db().use(sql.c_str());
}

void require_readable_work(Store& store) {
  static const std::string kAttempts = fmt::format("SELECT {} FROM attempt a", attempt_columns());
  Use attempts = all_rows(store, kAttempts);
  while (attempts.step()) read_attempt(store, attempts);
  static const std::string kRequests = fmt::format("SELECT {} FROM request q", request_columns());
  Use requests = all_rows(store, kRequests);
  while (requests.step()) read_request(store, requests);
  Use intents = store.db().use("SELECT " AMPHI_INTENT_COLUMNS " FROM intent");
  while (intents.step()) read_intent(store, intents);
}

void require_readable_history(Store& store) {
  Use history = store.db().use("SELECT " AMPHI_HISTORY_COLUMNS " FROM history");
  while (history.step()) {
    const auto entry = read_history(history);
    if (nlohmann::json::accept(entry.detail)) continue;
    throw_damaged(store, fmt::format("the detail of entry {} of the history is no JSON", entry.id));
  }
}

}  // namespace

void require_readable(Store& store) {
  static const std::string kDiscs =
      fmt::format("SELECT {} FROM disc d LEFT JOIN disc_edit e ON e.disc_id = d.id", disc_columns());
  Use discs = all_rows(store, kDiscs);
  while (discs.step()) read_disc(store, discs);
  static const std::string kTracks =
      fmt::format("SELECT {} FROM track t LEFT JOIN track_edit e ON e.track_id = t.id", track_columns());
  Use tracks = all_rows(store, kTracks);
  for (TrackLists last; tracks.step();) read_track(store, tracks, last);
  static const std::string kArtifacts =
      fmt::format("SELECT {} FROM artifact a LEFT JOIN observation o ON o.track_id = a.track_id AND o.stage = a.stage",
                  artifact_columns());
  Use artifacts = all_rows(store, kArtifacts);
  while (artifacts.step()) read_artifact(store, artifacts);
  require_readable_work(store);
  require_readable_history(store);
}

}  // namespace amphi
