// What users asked for.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "catalog/record.hpp"
#include "catalog/store.hpp"
#include "model/request_fields.hpp"

namespace amphi {
namespace {

void load_request_tracks(Store& store, Request& request) {
  Use row = store.db().use("SELECT track_id FROM request_track WHERE request_id = ? ORDER BY position", request.id);
  while (row.step()) request.tracks.push_back(row.next<TrackId>());
}

[[noreturn]] void throw_no_request(RequestId id) {
  throw Error(ErrorKind::kNotFound, fmt::format("no request {} in the catalog", id.value));
}

void store_request_track(Store& store, RequestId request, std::size_t position, TrackId track) {
  disc_of_track(store, track);
  store.db().run("INSERT INTO request_track (request_id, position, track_id) VALUES (?, ?, ?)", request,
                 static_cast<std::int64_t>(position), track);
  // Who asks again wants it tried again.
  store.db().run("UPDATE attempt SET settled = 1 WHERE track_id = ? AND outcome = 'failed' AND settled = 0", track);
}

}  // namespace

RequestId Catalog::add_request(const std::vector<TrackId>& tracks, Stage until, int jobs) {
  if (tracks.empty()) throw Error(ErrorKind::kUsage, "a request needs at least one track", "choose some with --tracks");
  Connection& db = impl_->writing();
  Transaction transaction(db);
  static const auto kInsert = insert_statement<Request>("INSERT INTO request");
  Request request;
  request.until = until;
  request.jobs = jobs;
  request.created_at = impl_->clock();
  insert_record(db, kInsert, request);
  const RequestId id{db.last_id()};
  for (std::size_t i = 0; i < tracks.size(); ++i) store_request_track(*impl_, id, i, tracks[i]);
  nlohmann::json ids = nlohmann::json::array();
  for (const TrackId track : tracks) ids.push_back(track.value);
  write_history(*impl_, "requested", disc_of_track(*impl_, tracks.front()), std::nullopt,
                {{"request", id.value}, {"until", to_string(until)}, {"tracks", ids}});
  transaction.commit();
  return id;
}

std::vector<Request> Catalog::unfinished_requests(std::optional<DiscId> only) {
  Transaction same_state(impl_->db(), Transaction::Kind::kRead);
  std::vector<Request> requests;
  {
    static const std::string kSelect = fmt::format(
        "SELECT {} FROM request q WHERE q.finished_at IS NULL AND q.cancelled_at IS NULL "
        "AND (?1 IS NULL OR EXISTS (SELECT 1 FROM request_track r JOIN track t ON t.id = r.track_id "
        "WHERE r.request_id = q.id AND t.disc_id = ?1)) ORDER BY q.id",
        request_columns());
    Use row = impl_->db().use(kSelect.c_str(), only);
    while (row.step()) requests.push_back(read_request(*impl_, row));
  }
  for (Request& request : requests) load_request_tracks(*impl_, request);
  return requests;
}

Request Catalog::load_request(RequestId id) {
  Transaction same_state(impl_->db(), Transaction::Kind::kRead);
  static const std::string kSelect = fmt::format("SELECT {} FROM request q WHERE q.id = ?", request_columns());
  Use row = impl_->db().use(kSelect.c_str(), id);
  if (!row.step()) throw_no_request(id);
  Request request = read_request(*impl_, row);
  load_request_tracks(*impl_, request);
  return request;
}

void Catalog::hold_request(RequestId id, const std::string& held_by) {
  Transaction transaction(impl_->writing());
  if (impl_->db().run("UPDATE request SET held_by = ? WHERE id = ?", held_by, id) == 0) throw_no_request(id);
  transaction.commit();
}

void Catalog::finish_request(RequestId id) {
  Transaction transaction(impl_->writing());
  if (impl_->db().run("UPDATE request SET finished_at = coalesce(finished_at, ?), held_by = '' WHERE id = ?",
                      impl_->clock(), id) == 0) {
    throw_no_request(id);
  }
  transaction.commit();
}

void Catalog::cancel_request(RequestId id) {
  Transaction transaction(impl_->writing());
  const int changed = impl_->db().run(
      "UPDATE request SET cancelled_at = ? WHERE id = ? AND finished_at IS NULL AND cancelled_at IS NULL",
      impl_->clock(), id);
  if (changed > 0) {
    write_history(*impl_, "cancelled", std::nullopt, std::nullopt, {{"request", id.value}});
  } else if (Use row = impl_->db().use("SELECT 1 FROM request WHERE id = ?", id); !row.step()) {
    throw_no_request(id);
  }
  transaction.commit();
}

bool Catalog::request_cancelled(RequestId id) {
  Use row = impl_->db().use("SELECT cancelled_at IS NOT NULL FROM request WHERE id = ?", id);
  // Forgotten with its disc: nobody wants it any more.
  return !row.step() || row.next<bool>();
}

}  // namespace amphi
