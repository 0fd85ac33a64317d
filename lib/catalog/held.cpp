#include "catalog/held.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "amphi/error.hpp"
#include "catalog/backup.hpp"
#include "catalog/inspect.hpp"
#include "catalog/migrate.hpp"
#include "catalog/patiently.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

using Access = Connection::Access;

// Damage of the content. Everything else (no permission, no space, locked) is not cured by putting another file there.
bool is_damage(const SqliteError& error) {
  switch (error.code() & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_IOERR:
      return true;
    default:
      return false;
  }
}

// Held from here on: in this mode SQLite gives back no lock before the connection is closed.
void lock_out_others(Connection& db) {
  db.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
}

void look_into(Held& held) {
  held.schema = schema_of(*held.db);
  const auto problems = integrity_problems(*held.db, CheckDepth::kFull);
  if (!problems.empty()) held.trouble = problems.front();
}

Held hold_once(const std::string& path) {
  Held held;
  held.path = path;
  if (look_at(path) == Found::kTooShort) {
    held.trouble = "not an SQLite database";
    return held;
  }
  try {
    held.db = std::make_unique<Connection>(path, Access::kCreate);
    lock_out_others(*held.db);
    look_into(held);
  } catch (const SqliteError& error) {
    if (!is_damage(error)) throw;
    held.trouble = error.message();
  } catch (const Error& error) {
    // A newer catalog or another program's database: closed, so that what it keeps beside itself is put in order.
    if (error.kind() != ErrorKind::kCatalog) throw;
    held.trouble = error.message();
    held.db.reset();
  }
  return held;
}

}  // namespace

Held hold_alone(const std::string& path, WhenBusy when_busy) {
  return patiently(when_busy, [&] { return hold_once(path); });
}

std::int64_t overwrite(Held& held, Connection& source) {
  held.db->open_for_writing();
  const Contents wanted = contents_of(source);
  copy_database(source, *held.db);
  held.db->open_for_writing();  // where the source was a WAL database, the copy is one too
  Transaction same_state(*held.db, Transaction::Kind::kRead);
  const Contents found = contents_of(*held.db);
  if (found != wanted) {
    throw Error(ErrorKind::kCatalog, fmt::format("the catalog {} does not hold what was put into it", held.path),
                "check its file system, then amphi catalog check");
  }
  return found.all_rows();
}

}  // namespace amphi
