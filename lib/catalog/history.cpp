// What happened, in order.
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

std::optional<DiscId> disc_if_known(Store& store, std::optional<DiscId> disc, std::optional<TrackId> track) {
  if (disc || !track) return disc;
  Use row = store.db().use("SELECT disc_id FROM track WHERE id = ?", *track);
  if (!row.step()) return std::nullopt;
  return row.next<DiscId>();
}

#define AMPHI_HISTORY "SELECT " AMPHI_HISTORY_COLUMNS " FROM history "

const char* history_statement(bool of_disc, bool of_track) {
  if (of_disc && of_track) return AMPHI_HISTORY "WHERE disc_id = ?1 AND track_id = ?2 ORDER BY id DESC LIMIT ?3";
  if (of_disc) return AMPHI_HISTORY "WHERE disc_id = ?1 AND ?2 IS NULL ORDER BY id DESC LIMIT ?3";
  if (of_track) return AMPHI_HISTORY "WHERE track_id = ?2 AND ?1 IS NULL ORDER BY id DESC LIMIT ?3";
  return AMPHI_HISTORY "WHERE ?1 IS NULL AND ?2 IS NULL ORDER BY id DESC LIMIT ?3";
}

}  // namespace

void write_history(Store& store, std::string_view event, std::optional<DiscId> disc, std::optional<TrackId> track,
                   const nlohmann::json& detail) {
  store.db().run("INSERT INTO history (at, disc_id, track_id, event, detail) VALUES (?, ?, ?, ?, ?)", store.clock(),
                 disc_if_known(store, disc, track), track, event,
                 detail.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::vector<HistoryEntry> Catalog::history_of(std::string_view event) {
  std::vector<HistoryEntry> entries;
  Use row = impl_->db().use(AMPHI_HISTORY "WHERE event = ? ORDER BY id", event);
  while (row.step()) entries.push_back(read_history(row));
  return entries;
}

void Catalog::write_down(std::string_view event, std::optional<DiscId> disc, std::optional<TrackId> track,
                         const nlohmann::json& detail) {
  Transaction transaction(impl_->writing());
  write_history(*impl_, event, disc, track, detail);
  transaction.commit();
}

std::vector<HistoryEntry> Catalog::history(std::optional<DiscId> disc, std::optional<TrackId> track, int limit) {
  std::vector<HistoryEntry> entries;
  Use row =
      impl_->db().use(history_statement(disc.has_value(), track.has_value()), disc, track, limit > 0 ? limit : -1);
  while (row.step()) entries.push_back(read_history(row));
  return entries;
}

}  // namespace amphi
