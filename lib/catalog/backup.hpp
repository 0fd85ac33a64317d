// Copies of a whole catalog by SQLite's own backup.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/clock.hpp"
#include "catalog/backup_names.hpp"
#include "catalog/connection.hpp"
#include "catalog/new_file.hpp"

namespace amphi {

// The content of `to` becomes that of `from`, in one transaction of `to`.
void copy_database(Connection& from, Connection& to);

// What tells a copy from its original.
struct Contents {
  std::int64_t application_id = 0;
  std::int64_t schema = 0;
  std::map<std::string, std::int64_t> rows;  // per table
  bool operator==(const Contents&) const = default;
  std::int64_t all_rows() const;
};
// `db` is in a transaction, so that all of it is of one state.
Contents contents_of(Connection& db);

// kCatalog unless `file` is whole (integrity_check) and holds what `expected` says.
void verify_copy(const std::string& file, const Contents& expected);

// Fills `part` with what `db` holds: read in one transaction, which keeps commits waiting but not readers; fsynced,
// then verified. Gives what was copied.
Contents write_verified_copy(Connection& db, const Part& part);

// A verified copy of `db` beside it under the first free name of its kind; gives its path. `db` is not writing: SQLite
// copies nothing from a connection that is.
std::string keep_copy(Connection& db, int schema, BackupKind kind, Timestamp now);

// What a copy of the catalog `file` of that kind is called before it is whole.
std::string copy_part_name(const std::string& file, BackupKind kind);

}  // namespace amphi
