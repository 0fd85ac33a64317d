#include "catalog/backup.hpp"

#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "base/root.hpp"
#include "base/text.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

// "2026-11-22T20:02:59.123Z" -> "20261122T200259123Z": names sort by time.
std::string stamp(Timestamp at) {
  std::string out;
  for (const char c : to_rfc3339(at)) {
    if (c != '-' && c != ':' && c != '.') out += c;
  }
  return out;
}

std::string backup_name(const std::string& file, int schema, Timestamp now) {
  const std::string name = fmt::format("{}.backup-v{}-{}", file, schema, stamp(now));
  std::error_code error;
  for (int i = 1; i < 100; ++i) {
    std::string candidate = i == 1 ? name : fmt::format("{}.{}", name, i);
    if (!fs::exists(fs::symlink_status(candidate, error))) return candidate;
  }
  throw Error(ErrorKind::kCatalog, fmt::format("no free name for a backup of the catalog {}", file),
              "move older backups elsewhere");
}

void make_durable(const std::string& file) {
  const fs::path path = fs::absolute(file);
  const Root folder = Root::open(path.parent_path().string());
  const Handle handle = folder.open_file(path.filename().string(), O_RDONLY);
  if (fsync(handle.get()) != 0) {
    throw Error(ErrorKind::kCatalog, fmt::format("the backup {} could not be written to disk", file),
                "check its file system; the catalog was not changed");
  }
  folder.sync_folder("");
}

void remove_unfinished(const std::string& file) {
  std::error_code error;
  fs::remove(file, error);
  fs::remove(file + "-journal", error);
}

}  // namespace

void copy_database(Connection& from, Connection& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  if (!backup) throw_sqlite(to.get(), sqlite3_extended_errcode(to.get()), to.file(), "backup");
  int code = SQLITE_OK;
  for (int tries = 0; tries < 200; ++tries) {
    code = sqlite3_backup_step(backup, -1);
    if (code != SQLITE_BUSY && code != SQLITE_LOCKED) break;
    sqlite3_sleep(50);  // another one commits just now
  }
  const int finished = sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) throw_sqlite(to.get(), finished == SQLITE_OK ? code : finished, to.file(), "backup");
}

std::string back_up(Connection& db, int schema, Timestamp now) {
  std::string name = backup_name(db.file(), schema, now);
  try {
    {
      Connection copy(name, Connection::Access::kCreate);
      copy.execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
      // SQLite copies nothing from a connection that is writing. What another one reads is the same: the lock that the
      // writer holds keeps everybody else from changing it.
      Connection as_committed(db.file(), Connection::Access::kRead);
      copy_database(as_committed, copy);
    }
    make_durable(name);
  } catch (...) {
    remove_unfinished(name);
    throw;
  }
  return name;
}

}  // namespace amphi
