#include "catalog/readable.hpp"

#include "catalog/rows.hpp"

namespace amphi {

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
  Use attempts = store.db().use("SELECT " AMPHI_ATTEMPT_COLUMNS " FROM attempt a");
  while (attempts.step()) read_attempt(store, attempts);
}

}  // namespace amphi
