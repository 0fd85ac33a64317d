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
//      file system has none: durable copies of their bytes).
//   3. Journal and log lose their first names: SQLite would roll them back into the new file.
//   4. The part is renamed over the file: at no instant is there no file under the catalog's name, so nobody makes a
//      new, empty one.
// Killed before 3: as it was, and the second names are all that is left over. Killed between 3 and 4: the damaged file
// lies there without its journal, and both lie aside, whole; restoring again goes on from there. Killed after 4: the
// catalog is the backup's.
#include "catalog/restore.hpp"

#include <array>
#include <cerrno>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/descriptor.hpp"
#include "catalog/backup.hpp"
#include "catalog/held.hpp"
#include "catalog/inspect.hpp"
#include "catalog/new_file.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

constexpr std::array kCompanions{"", "-journal", "-wal"};
constexpr int kMostOfOneStamp = 99;

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
              fmt::format("undo that first, which changes it: amphi --catalog {} disc list", file));
}

std::string free_damaged_name(const Root& folder, const std::string& path, Timestamp now) {
  for (int i = 1; i <= kMostOfOneStamp; ++i) {
    std::string candidate = damaged_path(path, now, i);
    bool taken = false;
    for (const auto* end : kCompanions) {
      taken = taken || folder.look(fs::path(candidate).filename().string() + end).has_value();
    }
    if (!taken) return candidate;
  }
  throw Error(ErrorKind::kCatalog, fmt::format("no free name to set the damaged catalog {} aside", path),
              "move the older ones elsewhere");
}

void copy_bytes(const Root& folder, const std::string& from, const std::string& to) {
  const Handle source = folder.open_file(from, O_RDONLY);
  const Handle target = folder.create_new(to);
  std::string bytes(1 << 20, '\0');
  for (;;) {
    const auto got = ::read(source.get(), bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(ErrorKind::kUnavailable, fmt::format("{}/{} cannot be read", folder.path(), from));
    if (got == 0) break;
    write_all(target.get(), std::string_view(bytes).substr(0, static_cast<std::size_t>(got)), to);
  }
  sync_file(target.get(), to);
}

// A second name for the file, never opening it: a close would drop SQLite's locks on it.
void keep_second_name(const Root& folder, const std::string& from, const std::string& to) {
  std::error_code error;
  fs::create_hard_link(fs::path(folder.path()) / from, fs::path(folder.path()) / to, error);
  if (error) copy_bytes(folder, from, to);
  folder.sync_folder("");
}

// Steps 2 to 4 for the part that lies ready; gives the damaged file's new name.
std::string take_its_name(Part& part, const std::string& path, Timestamp now) {
  const Root& folder = part.folder();
  const auto name = fs::path(path).filename().string();
  auto aside = free_damaged_name(folder, path, now);
  const auto aside_name = fs::path(aside).filename().string();
  for (const auto* end : kCompanions) {
    const auto status = folder.look(name + end);
    if (!status || (status->st_size == 0 && *end != '\0')) continue;  // an empty journal says nothing
    keep_second_name(folder, name + end, aside_name + end);
  }
  folder.remove_file(name + "-journal");
  folder.remove_file(name + "-wal");
  folder.remove_file(name + "-shm");
  part.replace(path);
  return aside;
}

void set_aside(const Held& held, Connection& backup, Timestamp now, Restored& restored) {
  // Where the catalog's name is a symlink, it goes on leading to the catalog.
  const auto path = fs::canonical(held.path).string();
  Part part(path, mode_of(path));
  restored.rows = write_verified_copy(backup, part).all_rows();
  restored.kept = take_its_name(part, path, now);
  restored.set_aside = true;
}

}  // namespace

Restored restore_from(const std::string& path, const std::string& file, Timestamp now) {
  require_file(path, file);
  const SoundBackup backup = open_backup(file);
  Restored restored;
  restored.schema = backup.schema;
  restored.discs = count_rows(*backup.db, "disc");
  Held held = hold_alone(path);
  if (!held.usable()) {
    set_aside(held, *backup.db, now, restored);
    return restored;
  }
  if (held.schema > 0) restored.kept = keep_copy(*held.db, held.schema, BackupKind::kReplaced, now);
  restored.rows = overwrite(held, *backup.db);
  return restored;
}

}  // namespace amphi
