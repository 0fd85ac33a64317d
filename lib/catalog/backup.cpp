#include "catalog/backup.hpp"

#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/descriptor.hpp"
#include "catalog/backup_names.hpp"
#include "catalog/inspect.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

constexpr auto kPatience = std::chrono::seconds(20);

Contents copy_contents(Connection& db, const std::string& path) {
  std::optional<Transaction> same_state;
  if (!db.in_transaction()) same_state.emplace(db, Transaction::Kind::kRead);
  Contents seen = contents_of(db);
  Connection copy(path, Connection::Access::kExisting);
  // Nobody else knows the file yet, and a copy that is cut short is thrown away: it needs no journal.
  copy.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
  copy_database(db, copy);
  return seen;
}

[[noreturn]] void throw_not_whole(const std::string& file, std::string_view why) {
  throw Error(ErrorKind::kCatalog, fmt::format("the copy {} is not whole: {}", file, why),
              "amphi catalog check looks at the catalog itself; then check the file system of the copy");
}

// What a killed one left is taken over, so the name is always the same; only a migration, which holds the catalog for
// writing and so is the only one of its kind, may come while another copy is made.
std::string part_of(const std::string& file, BackupKind kind) {
  return kind == BackupKind::kMigration ? file + ".migration" : file;
}

}  // namespace

void copy_database(Connection& from, Connection& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  if (!backup) throw_sqlite(to.get(), sqlite3_extended_errcode(to.get()), to.file(), "backup");
  const auto until = std::chrono::steady_clock::now() + kPatience;
  int code = SQLITE_OK;
  for (;;) {
    code = sqlite3_backup_step(backup, -1);
    if (code != SQLITE_BUSY && code != SQLITE_LOCKED) break;
    if (std::chrono::steady_clock::now() >= until) break;
    sqlite3_sleep(50);  // another one commits just now
  }
  const int finished = sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) throw_sqlite(to.get(), finished == SQLITE_OK ? code : finished, to.file(), "backup");
}

std::int64_t Contents::all_rows() const {
  std::int64_t sum = 0;
  for (const auto& [table, count] : rows) sum += count;
  return sum;
}

Contents contents_of(Connection& db) {
  Contents out;
  out.application_id = db.integer("PRAGMA application_id");
  out.schema = db.integer("PRAGMA user_version");
  for (const auto& table : tables_of(db)) out.rows[table] = count_rows(db, table);
  return out;
}

void verify_copy(const std::string& file, const Contents& expected) {
  Connection copy(file, Connection::Access::kRead);
  const auto problems = integrity_problems(copy, CheckDepth::kFull);
  if (!problems.empty()) throw_not_whole(file, problems.front());
  Transaction same_state(copy, Transaction::Kind::kRead);
  const Contents found = contents_of(copy);
  if (found.application_id != expected.application_id || found.schema != expected.schema) {
    throw_not_whole(file, "it says another schema than what was copied");
  }
  for (const auto& [table, count] : expected.rows) {
    const auto there = found.rows.find(table);
    const auto rows = there == found.rows.end() ? 0 : there->second;
    if (rows != count)
      throw_not_whole(file, fmt::format("{} rows of {} were copied, {} are there", count, table, rows));
  }
  if (found != expected) throw_not_whole(file, "it holds other tables than what was copied");
}

Contents write_verified_copy(Connection& db, const Part& part) {
  const std::string path = part.path();
  Contents seen = copy_contents(db, path);
  // Through the descriptor that was open all the time: it tells of every write that failed. That closing it drops
  // SQLite's own locks on the copy matters to nobody.
  sync_file(part.descriptor(), path);
  verify_copy(path, seen);
  return seen;
}

std::string copy_part_name(const std::string& file, BackupKind kind) {
  return part_name(part_of(file, kind));
}

std::string keep_copy(Connection& db, int schema, BackupKind kind, Timestamp now) {
  Part part(part_of(db.file(), kind), mode_of(db.file()));
  write_verified_copy(db, part);
  for (int i = 1; i <= kMostOfOneStamp; ++i) {
    std::string path = backup_path(db.file(), schema, kind, now, i);
    if (part.publish_as(path)) return path;
  }
  throw Error(ErrorKind::kCatalog, fmt::format("no free name for a backup of the catalog {}", db.file()),
              "move older backups elsewhere");
}

}  // namespace amphi
