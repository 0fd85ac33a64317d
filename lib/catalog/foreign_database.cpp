#include "catalog/foreign_database.hpp"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>

#include <fmt/format.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "amphi/care.hpp"
#include "amphi/error.hpp"
#include "base/failure.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;
using Access = Connection::Access;

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kWriteVersion = 18, kReadVersion = 19;  // in the header; 2: WAL
constexpr std::array kCompanions{"", "-journal", "-wal"};     // never -shm, which SQLite makes anew from the log

// As much of the header as there is.
std::string header_of(const std::string& file) {
  std::string bytes(kReadVersion + 1, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

bool in_wal_mode(const std::string& file) {
  const auto header = header_of(file);
  return header.size() > kReadVersion && (header[kWriteVersion] == 2 || header[kReadVersion] == 2);
}

// What tells whether somebody wrote to the file, its journal or its log meanwhile.
using Look = std::map<std::string, std::array<std::int64_t, 4>>;
Look look_beside(const std::string& file) {
  Look look;
  for (const auto* end : kCompanions) {
    struct stat info {};
    if (::stat((file + end).c_str(), &info) != 0) continue;
    look[end] = {info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec, static_cast<std::int64_t>(info.st_ino)};
  }
  return look;
}

std::string make_private_folder() {
  std::error_code error;
  const auto temporary = fs::temp_directory_path(error);
  if (error) fail_system(error.value(), "there is no folder for temporary files", "set TMPDIR");
  std::string pattern = (temporary / "amphi-import-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) fail_system(errno, fmt::format("cannot make a folder {}", pattern));
  return pattern;
}

void copy_into(const std::string& folder, const std::string& file) {
  const auto before = look_beside(file);
  for (const auto& [end, info] : before) {
    std::error_code error;
    const auto copy = fmt::format("{}/copy.db{}", folder, end);
    fs::copy_file(file + end, copy, error);
    if (!error) fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write, error);
    if (error) fail_system(error.value(), fmt::format("cannot copy {}{} into {}", file, end, folder));
  }
  if (look_beside(file) == before) return;
  throw Error(ErrorKind::kBusy, fmt::format("{} is being written by another program", file),
              "stop amphigory and try again");
}

// SQLite takes what is missing of the last page for zeros.
void require_all_pages(Connection& db, const std::string& file) {
  const auto bytes = db.integer("PRAGMA page_count") * db.integer("PRAGMA page_size");
  if (static_cast<std::int64_t>(fs::file_size(file)) >= bytes) return;
  throw Error(ErrorKind::kUsage, fmt::format("{} is damaged: it was cut", file),
              "nothing was taken in; give all of it");
}

bool is_half_written(const SqliteError& error) {
  return (error.code() & 0xff) == SQLITE_READONLY;  // a hot journal, which must be rolled back first
}

}  // namespace

bool is_sqlite_file(const std::string& file) {
  std::error_code unknown;
  return fs::is_regular_file(file, unknown) &&
         header_of(file).starts_with(kMagic);  // what a pipe gives is gone once read
}

ForeignDatabase::ForeignDatabase(const std::string& name) {
  const std::string file = fs::canonical(name).string();  // journal and log lie beside the file itself
  try {
    if (!in_wal_mode(file)) open_itself(file);
    if (!db_) open_copy(file);
  } catch (...) {
    db_.reset();
    std::error_code ignored;  // the destructor does not run
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
    throw;
  }
}

// Leaves it closed where something has to be undone in it first.
void ForeignDatabase::open_itself(const std::string& file) {
  try {
    db_ = std::make_unique<Connection>(file, Access::kRead);
    db_->integer("SELECT count(*) FROM sqlite_schema");  // opening alone reads nothing
    require_all_pages(*db_, file);
  } catch (const SqliteError& error) {
    if (!is_half_written(error)) throw;
    db_.reset();
  }
}

void ForeignDatabase::open_copy(const std::string& file) {
  folder_ = make_private_folder();
  copy_into(folder_, file);
  db_ = std::make_unique<Connection>(folder_ + "/copy.db", Access::kExisting);
  db_->forbid_writing();
  db_->integer("SELECT count(*) FROM sqlite_schema");
}

ForeignDatabase::~ForeignDatabase() {
  db_.reset();
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

}  // namespace amphi
