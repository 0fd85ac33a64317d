#include "catalog/store.hpp"

#include <utility>

#include <fmt/format.h>

#include "amphi/error.hpp"

namespace amphi {

Connection& Store::writing() {
  if (!writable) {
    throw Error(ErrorKind::kCatalog, fmt::format("the catalog {} was opened for reading only", path),
                "this is a fault of amphi's: please report it");
  }
  return *connection;
}

void Catalog::in_one_transaction(const std::function<void()>& act) {
  struct Joining {
    Connection& db;
    const bool before;  // one of these in another
    explicit Joining(Connection& connection) : db(connection), before(std::exchange(db.joins_transactions, true)) {}
    ~Joining() { db.joins_transactions = before; }
  };
  Connection& db = impl_->writing();
  Transaction all(db);
  {
    const Joining joining(db);
    act();
  }
  all.commit();
}

void throw_no_disc(DiscId id) {
  throw Error(ErrorKind::kNotFound, fmt::format("no disc {} in the catalog", id.value),
              "amphi disc list shows the known ones");
}

void throw_no_track(TrackId id) {
  throw Error(ErrorKind::kNotFound, fmt::format("no track {} in the catalog", id.value),
              "amphi disc show DISC shows the ids of a disc's tracks");
}

void settle_failures(Store& store, TrackId track, Stage stage) {
  store.db().run(
      "UPDATE attempt SET settled = 1 WHERE track_id = ? AND stage = ? AND outcome = 'failed' AND settled = 0", track,
      to_string(stage));
}

DiscId disc_of_track(Store& store, TrackId id) {
  Use row = store.db().use("SELECT disc_id FROM track WHERE id = ?", id);
  if (!row.step()) throw_no_track(id);
  return row.next<DiscId>();
}

void require_disc(Store& store, DiscId id) {
  Use row = store.db().use("SELECT 1 FROM disc WHERE id = ?", id);
  if (!row.step()) throw_no_disc(id);
}

std::string disc_name(Store& store, DiscId id) {
  Use row = store.db().use(
      "SELECT d.fingerprint, coalesce(e.title, d.volume_label) FROM disc d LEFT JOIN disc_edit e ON e.disc_id = d.id "
      "WHERE d.id = ?",
      id);
  if (!row.step()) throw_no_disc(id);
  const std::string fingerprint = short_fingerprint(row.next<std::string>());
  const auto title = row.next<std::string>();
  return title.empty() ? fingerprint : fmt::format("{} ({})", fingerprint, title);
}

}  // namespace amphi
