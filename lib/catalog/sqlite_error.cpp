#include "catalog/sqlite_error.hpp"

#include <cstring>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/text.hpp"
#include "catalog/backup_names.hpp"

namespace amphi {
namespace {

Error damaged(const std::string& file, std::string_view why) {
  return Error(ErrorKind::kCatalog, fmt::format("the catalog {} is damaged: {}", file, why),
               way_back(file, "keep the file: `sqlite3 FILE .recover` may save its rows"));
}

Error not_opened(sqlite3* db, const std::string& file) {
  const int number = db ? sqlite3_system_errno(db) : 0;
  return Error(ErrorKind::kCatalog,
               fmt::format("the catalog {} cannot be opened: {}", file,
                           number ? std::strerror(number) : "not a file that can be opened"),
               "check that its folder is there and that the permissions allow it");
}

Error make_error(sqlite3* db, int code, const std::string& file, std::string_view sql) {
  const std::string why = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error(ErrorKind::kBusy, fmt::format("the catalog {} is locked by another program", file),
                   "try again in a moment");
    case SQLITE_NOTADB:
      return Error(ErrorKind::kCatalog, fmt::format("{} is not a catalog: not an SQLite database", file),
                   way_back(file, "give the catalog with --catalog or AMPHI_CATALOG"));
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      return damaged(file, why);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return not_opened(db, file);
    case SQLITE_READONLY:
      return Error(ErrorKind::kCatalog, fmt::format("the catalog {} cannot be written: {}", file, why),
                   "check the permissions of the file and of its folder");
    case SQLITE_FULL:
      return Error(ErrorKind::kUnavailable, fmt::format("no space left for the catalog {}; nothing was changed", file),
                   "make room on its file system and try again");
    case SQLITE_IOERR:
      return Error(ErrorKind::kCatalog, fmt::format("the catalog {} cannot be read or written: {}", file, why),
                   "check the file system that it lies on");
    case SQLITE_ERROR:
      // Our statements are fixed, so it is the tables that differ.
      return damaged(file, fmt::format("{} ({})", why, fit_to_width(sql, 60)));
    default:
      return Error(ErrorKind::kUnexpected, fmt::format("catalog {}: {} ({})", file, why, fit_to_width(sql, 60)));
  }
}

}  // namespace

void throw_sqlite(sqlite3* db, int code, const std::string& file, std::string_view sql) {
  throw SqliteError(make_error(db, code, file, sql), code);
}

}  // namespace amphi
