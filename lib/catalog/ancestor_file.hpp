// The database of amphigory, amphi's Python ancestor: opened without changing anything of it, its rows read as they
// are. What its columns mean is for ancestor_disc.hpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace amphi {

// A row of any table. `values` is an object by column: null, numbers, texts; what SQLite holds and JSON does not is an
// object (export_value.hpp).
struct ForeignRow {
  std::string table;
  std::optional<std::int64_t> id;  // its column of that name, where that is a whole number
  nlohmann::json values;
};
using ForeignTables = std::map<std::string, std::vector<ForeignRow>>;  // each by id

// Every row of every table, of one state. A journal or a write-ahead log beside the file is taken into account, in a
// private copy: the file and its folder stay as they are and need not be writable. kUsage: another program's database,
// a catalog of amphi's, a damaged one; kBusy: somebody writes it; kUnavailable: it cannot be read.
ForeignTables read_ancestor(const std::string& file);

}  // namespace amphi
