// SQLite's result codes as amphi::Error: kBusy, kCatalog, kUnavailable (no space), kUnexpected.
#pragma once

#include <string>
#include <string_view>

#include "amphi/error.hpp"

struct sqlite3;

namespace amphi {

// An error with SQLite's extended result code, for the few who must tell one from another.
class SqliteError : public Error {
 public:
  SqliteError(Error error, int code) : Error(std::move(error)), code_(code) {}
  int code() const { return code_; }

 private:
  int code_;
};

// `db` may be null (out of memory); `file` is the catalog's path, "" for one in memory.
[[noreturn]] void throw_sqlite(sqlite3* db, int code, const std::string& file, std::string_view sql);

}  // namespace amphi
