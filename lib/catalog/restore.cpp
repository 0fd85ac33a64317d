// `catalog restore`: the catalog becomes what a backup holds, and what it was before is kept.
//
// The backup is read, verified and copied in one read transaction; it is never written. Then one of two ways.
//
// The catalog can be used (or there is none): its content is replaced in place.
//   1. It is held by SQLite's exclusive lock, from here to the end.
//   2. Its content is copied to `.FILE.amphi-part`, verified, published as FILE.backup-vN-STAMP.replaced.
//   3. The backup's content goes into it, in one transaction of SQLite's backup.
// Killed before 3: the catalog is as it was (the part is taken over by the next run). Killed in 3: a hot journal lies
// beside the catalog, and whoever opens it next finds the old content. Killed after 3: the new content. Readers see the
// old or the new, and connections that were open stay good, because the file is the same.
//
// The catalog cannot be used (damaged, newer, another program's, no database): another file takes its name.
//   1. The backup is copied to `.FILE.amphi-part`, verified, fsynced.
//   2. The file, its journal and its write-ahead log get second names, FILE.damaged-STAMP..., by hard links (where the
//      file system has none: durable copies of their bytes). Where a journal or a log lies beside it, all are copied
//      so before the file is opened, too: SQLite rolls them back into it.
//   3. The file is let go; journal and log lose their first names: SQLite would roll them back into the new file.
//   4. The part is renamed over the file: at no instant is there no file under the catalog's name, so nobody makes a
//      new, empty one.
// Killed before 3: as it was (rolled back, where there was a journal), and the second names are all that is left over.
// Killed between 3 and 4: the damaged file lies there without its journal, and both lie aside, whole; restoring again
// goes on from there. Killed after 4: the catalog is the backup's.
#include "catalog/restore.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/aside.hpp"
#include "catalog/backup.hpp"
#include "catalog/held.hpp"
#include "catalog/inspect.hpp"
#include "catalog/new_file.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_unfit(const std::string& file, std::string_view why, std::string hint) {
  throw Error(ErrorKind::kCatalog, fmt::format("{} cannot be restored: {}", file, why), std::move(hint));
}

bool is_same_file(const std::string& one, const std::string& other) {
  std::error_code error;
  return fs::equivalent(one, other, error) && !error;
}

void require_file(const std::string& path, const std::string& file) {
  if (is_same_file(path, file)) {
    throw Error(ErrorKind::kUsage, fmt::format("{} is the catalog itself", file), "give a backup of it");
  }
  const Found found = look_at(file);
  if (found == Found::kNothing) {
    throw Error(ErrorKind::kUnavailable, fmt::format("there is no file {}", file), "give a backup of the catalog");
  }
  if (found != Found::kFile) throw_unfit(file, "it is not an SQLite database", "give another backup");
}

// A backup that may be restored, and the one state of it that is looked at and copied.
struct SoundBackup {
  ConnectionPtr db;
  std::unique_ptr<Transaction> same_state;  // ends before its connection
  int schema = 0;
};

SoundBackup open_backup(const std::string& file) {
  try {
    SoundBackup backup;
    backup.db = std::make_unique<Connection>(file, Connection::Access::kRead);
    backup.same_state = std::make_unique<Transaction>(*backup.db, Transaction::Kind::kRead);
    backup.schema = require_sound(*backup.db);
    return backup;
  } catch (const SqliteError& error) {
    if ((error.code() & 0xff) != SQLITE_READONLY) throw;
  }
  throw_unfit(file, "a journal beside it says that it was left half-written",
              fmt::format("undo that first, which changes it: amphi --catalog {} disc list", shell_word(file)));
}

// Where the catalog's name is a symlink, it goes on leading to the catalog.
std::string real_path(const std::string& path) {
  return fs::canonical(path).string();
}

// Before it is opened: afterwards it is no more as it was. Of a catalog that can be used the copy goes again.
std::optional<Aside> copy_what_opening_changes(const std::string& path, Timestamp now) {
  if (look_at(path) != Found::kFile || !changes_when_opened(real_path(path))) return std::nullopt;
  return Aside::copied(real_path(path), now);
}

void set_aside(Held& held, std::optional<Aside> as_it_was, Connection& backup, Timestamp now, Restored& restored) {
  const auto path = real_path(held.path);
  Part part(path, mode_of(path));
  restored.rows = write_verified_copy(backup, part).all_rows();
  // Also where it was copied before: somebody may have written between that and the lock.
  Aside aside = Aside::linked(path, now);
  // Closing removes a journal by its name, which must not be another file's by then.
  held.db.reset();
  aside.remove_companions();
  part.replace(path);
  restored.kept = aside.keep();
  if (as_it_was) restored.kept = as_it_was->keep();
  restored.set_aside = true;
}

}  // namespace

Restored restore_from(const std::string& path, const std::string& file, Timestamp now, WhenBusy when_busy) {
  require_file(path, file);
  const SoundBackup backup = open_backup(file);
  Restored restored;
  restored.schema = backup.schema;
  restored.discs = count_rows(*backup.db, "disc");
  auto as_it_was = copy_what_opening_changes(path, now);
  Held held = hold_alone(path, when_busy);
  if (!held.usable()) {
    set_aside(held, std::move(as_it_was), *backup.db, now, restored);
    return restored;
  }
  if (held.schema > 0) restored.kept = keep_copy(*held.db, held.schema, BackupKind::kReplaced, now);
  restored.rows = overwrite(held, *backup.db);
  return restored;
}

}  // namespace amphi
