// The last look at each artifact.
#include "amphi/catalog.hpp"
#include "catalog/observe_row.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"

namespace amphi {

void write_observation(Store& store, TrackId track, Stage stage, const Observation& seen, Verdict verdict) {
  store.db().run(
      "INSERT OR REPLACE INTO observation (track_id, stage, verdict, presence, size_bytes, mtime_ns, inode, trouble, "
      "checked_at) SELECT track_id, stage, ?, ?, ?, ?, ?, ?, ? FROM artifact WHERE track_id = ? AND stage = ?",
      to_string(verdict), to_string(seen.presence), seen.size_bytes, seen.mtime_ns,
      static_cast<std::int64_t>(seen.inode), seen.trouble, seen.checked_at, track, to_string(stage));
}

void Catalog::store_observations(const std::vector<Seen>& looks) {
  if (looks.empty()) return;
  Transaction transaction(impl_->writing());
  for (const Seen& look : looks) write_observation(*impl_, look.track, look.stage, look.observation, look.verdict);
  transaction.commit();
}

}  // namespace amphi
