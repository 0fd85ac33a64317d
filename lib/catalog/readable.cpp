#include "catalog/readable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalog/rows.hpp"

namespace amphi {
namespace {

void require_readable_work(Store& store) {
  Use attempts = store.db().use("SELECT " AMPHI_ATTEMPT_COLUMNS " FROM attempt a");
  while (attempts.step()) read_attempt(store, attempts);
  Use requests = store.db().use("SELECT " AMPHI_REQUEST_COLUMNS " FROM request q");
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
  Use discs = store.db().use("SELECT " AMPHI_DISC_COLUMNS " FROM disc d LEFT JOIN disc_edit e ON e.disc_id = d.id");
  while (discs.step()) read_disc(store, discs);
  Use tracks =
      store.db().use("SELECT " AMPHI_TRACK_COLUMNS " FROM track t LEFT JOIN track_edit e ON e.track_id = t.id");
  for (TrackLists last; tracks.step();) read_track(store, tracks, last);
  Use artifacts = store.db().use("SELECT " AMPHI_ARTIFACT_COLUMNS
                                 " FROM artifact a LEFT JOIN observation o ON o.track_id = a.track_id AND "
                                 "o.stage = a.stage");
  while (artifacts.step()) read_artifact(store, artifacts);
  require_readable_work(store);
  require_readable_history(store);
}

}  // namespace amphi
