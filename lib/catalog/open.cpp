// Opening a catalog: for writing (made or upgraded where needed) or for reading (nothing is ever changed).
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "catalog/backup.hpp"
#include "catalog/backup_names.hpp"
#include "catalog/migrate.hpp"
#include "catalog/open.hpp"
#include "catalog/sqlite_error.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

using Access = Connection::Access;

constexpr off_t kHeaderBytes = 100;  // of an SQLite database

}  // namespace

Found look_at(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Found::kNothing;
    throw Error(ErrorKind::kCatalog, fmt::format("the catalog {} cannot be opened: {}", path, std::strerror(errno)),
                "check the permissions of its folder");
  }
  if (S_ISDIR(status.st_mode)) {
    throw Error(ErrorKind::kCatalog, fmt::format("{} is a folder, not a catalog", path), "name a file in it");
  }
  if (status.st_size == 0) return Found::kEmpty;
  return status.st_size < kHeaderBytes ? Found::kTooShort : Found::kFile;
}

namespace {

bool journal_left_over(const SqliteError& error) {
  return error.code() == SQLITE_READONLY_ROLLBACK || error.code() == SQLITE_READONLY_RECOVERY ||
         error.code() == SQLITE_READONLY_CANTLOCK;
}

}  // namespace

ConnectionPtr open_known(const std::string& path, int& schema) {
  try {
    auto db = std::make_unique<Connection>(path, Access::kRead);
    schema = schema_of(*db);
    return db;
  } catch (const SqliteError& error) {
    if (!journal_left_over(error)) throw;
  }
  auto db = std::make_unique<Connection>(path, Access::kRollBack);
  schema = schema_of(*db);
  return db;
}

namespace {

bool is_database(const std::string& path) {
  const Found found = look_at(path);
  if (found == Found::kTooShort) {
    throw Error(ErrorKind::kCatalog, fmt::format("{} is not a catalog: not an SQLite database", path),
                way_back(path, "give the catalog with --catalog or AMPHI_CATALOG"));
  }
  return found == Found::kFile;
}

}  // namespace

ConnectionPtr open_made(const std::string& path, int& schema) {
  if (is_database(path)) {
    auto db = open_known(path, schema);
    if (schema > 0) return db;
  }
  throw Error(ErrorKind::kCatalog, fmt::format("there is no catalog {}", path),
              way_back(path, "amphi disc scan makes it; or give another with --catalog"));
}

ConnectionPtr private_copy_of(Connection& from) {
  auto copy = std::make_unique<Connection>(from.file(), Access::kTemporary);
  copy_database(from, *copy);
  return copy;
}

namespace {

ConnectionPtr open_upgraded_copy(Connection& from, const Catalog::Clock& clock) {
  auto copy = private_copy_of(from);
  migrate(*copy, clock, Backup::kNone);
  copy->forbid_writing();
  return copy;
}

ConnectionPtr open_nothing(const std::string& path, const Catalog::Clock& clock) {
  auto empty = std::make_unique<Connection>(path, Access::kTemporary);
  migrate(*empty, clock, Backup::kNone);
  empty->forbid_writing();
  return empty;
}

ConnectionPtr open_for_reading(const std::string& path, const Catalog::Clock& clock) {
  if (!is_database(path)) return open_nothing(path, clock);
  int schema = 0;
  auto db = open_known(path, schema);
  if (schema == newest_schema()) return db;
  return schema == 0 ? open_nothing(path, clock) : open_upgraded_copy(*db, clock);
}

}  // namespace

void require_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return;
  throw Error(ErrorKind::kCatalog, fmt::format("no folder {} for the catalog", folder.string()),
              "make it, or mount the file system that it is on");
}

namespace {

ConnectionPtr open_for_writing(const std::string& path, const Catalog::Clock& clock) {
  if (is_database(path)) {
    // A look without write access first: another program's file must not change in any way.
    int schema = 0;
    open_known(path, schema);
  } else {
    require_folder(path);
  }
  auto db = std::make_unique<Connection>(path, Access::kCreate);
  const int schema = schema_of(*db);
  db->open_for_writing();
  if (schema < newest_schema()) migrate(*db, clock, Backup::kBefore);
  return db;
}

}  // namespace

Catalog Catalog::open(const std::string& path, Mode mode, Clock clock) {
  if (path.empty()) throw Error(ErrorKind::kUsage, "the catalog's path is empty", "give a file with --catalog");
  if (path.find('\0') != std::string::npos) throw Error(ErrorKind::kUsage, "the catalog's path holds a NUL");
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->writable = mode == Mode::kReadWrite;
  impl->connection = impl->writable ? open_for_writing(path, clock) : open_for_reading(path, clock);
  impl->clock = std::move(clock);
  return Catalog(std::move(impl));
}

void Catalog::make_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw Error(ErrorKind::kCatalog,
                fmt::format("the catalog's folder {} cannot be made: {}", folder.string(), error.message()),
                "choose another place with --catalog");
  }
}

Catalog::Catalog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

const std::string& Catalog::path() const {
  return impl_->path;
}

std::int64_t Catalog::data_version() {
  return impl_->db().integer("PRAGMA data_version");
}

}  // namespace amphi
