#include "catalog/backup.hpp"

#include <chrono>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "base/descriptor.hpp"
#include "base/lock.hpp"
#include "base/publish.hpp"
#include "base/root.hpp"
#include "base/text.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBackupLock = 1;  // of CATALOG.lock; tracks and requests lie far above
constexpr std::chrono::seconds kPatience(20);

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

// Under its own name only when it is whole and durable: what a crash leaves is never taken for a backup.
void publish_backup(const std::string& part, const std::string& name) {
  const fs::path path = fs::absolute(name);
  const Root folder = Root::open(path.parent_path().string());
  const std::string from = fs::path(part).filename().string(), to = path.filename().string();
  const Handle handle = folder.open_file(from, O_RDONLY);
  if (sync_descriptor(handle.get()) != 0) {
    throw Error(ErrorKind::kCatalog, fmt::format("the backup {} could not be written to disk", name),
                "check its file system; the catalog was not changed");
  }
  if (publish(folder, from, to) == PublishResult::kOccupied) {
    throw Error(ErrorKind::kCatalog, fmt::format("{} appeared while the backup was made", name),
                "try again; the catalog was not changed");
  }
}

void remove_part(const std::string& part) {
  std::error_code error;
  fs::remove(part, error);
  fs::remove(part + "-journal", error);
}

// One at a time: the part has one name, so that what a killed one left is taken over.
Lock take_turn(const std::string& file) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  auto lock = Lock::wait([&] { return Lock::try_range(file + ".lock", kBackupLock); },
                         [&] { return std::chrono::steady_clock::now() >= until; });
  if (!lock) throw Error(ErrorKind::kBusy, fmt::format("another amphi backs up {}", file), "try again in a moment");
  return std::move(*lock);
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
  const Lock turn = take_turn(db.file());
  const std::string name = backup_name(db.file(), schema, now);
  const std::string part = db.file() + ".backup.amphi-part";
  remove_part(part);
  try {
    {
      Connection copy(part, Connection::Access::kCreate);
      copy.execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
      // SQLite copies nothing from a connection that is writing. What another one reads is the same: the lock that the
      // writer holds keeps everybody else from changing it.
      Connection as_committed(db.file(), Connection::Access::kRead);
      copy_database(as_committed, copy);
    }
    publish_backup(part, name);
  } catch (...) {
    remove_part(part);
    throw;
  }
  return name;
}

}  // namespace amphi
