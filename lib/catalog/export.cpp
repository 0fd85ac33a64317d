// `catalog export`: the whole catalog as JSON Lines, of one state.
//
//   {"schema":"amphi.catalog.export/1","catalog_schema":3}
//   {"table":"disc","row":{"id":1,"fingerprint":"dvd-...","kind":"dvd",...}}
//   ...
//   {"rows":{"artifact":2,"attempt":0,"disc":1,...}}
//
// The first line says what it is, one follows for each row of each table (sqlite_sequence too, so that ids are never
// used twice), the last counts them: an export without it was cut. Values: see export_value.hpp. Tables by name, rows
// by key: the same catalog gives the same bytes, of any age and on any machine.
#include <algorithm>

#include <fmt/format.h>

#include "amphi/care.hpp"
#include "catalog/columns.hpp"
#include "catalog/export_value.hpp"
#include "catalog/inspect.hpp"
#include "catalog/open.hpp"

namespace amphi {
namespace {

using Json = nlohmann::ordered_json;

// The key's columns; a table without one (sqlite_sequence) goes by all of them.
std::string order_of(std::vector<ColumnInfo> columns) {
  const auto outside = [](const ColumnInfo& column) { return column.key == 0; };
  if (!std::all_of(columns.begin(), columns.end(), outside)) std::erase_if(columns, outside);
  std::stable_sort(columns.begin(), columns.end(),
                   [](const auto& left, const auto& right) { return left.key < right.key; });
  return column_list(columns);
}

std::int64_t export_table(Connection& db, const std::string& table, const std::function<void(std::string_view)>& take) {
  const auto columns = columns_of(db, table);
  Statement statement(
      db, fmt::format("SELECT {} FROM {} ORDER BY {}", column_list(columns), quoted_name(table), order_of(columns)));
  Use rows(db, statement);
  std::int64_t count = 0;
  while (rows.step()) {
    Json row = Json::object();
    for (const auto& column : columns) row[column.name] = exported_value(rows);
    take(Json{{"table", table}, {"row", std::move(row)}}.dump());
    ++count;
  }
  return count;
}

}  // namespace

std::map<std::string, std::int64_t> export_catalog(const std::string& path,
                                                   const std::function<void(std::string_view line)>& take) {
  int schema = 0;
  // Of a copy: no lock is held on the catalog while the caller prints, which a pager may keep waiting for hours.
  const auto db = private_copy_of(*open_made(path, schema));
  take(Json{{"schema", kExportSchema}, {"catalog_schema", schema}}.dump());
  std::map<std::string, std::int64_t> counts;
  for (const auto& table : tables_of(*db)) counts[table] = export_table(*db, table, take);
  take(Json{{"rows", counts}}.dump());
  return counts;
}

}  // namespace amphi
