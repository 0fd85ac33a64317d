#include "catalog/columns.hpp"

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "catalog/inspect.hpp"

namespace amphi {
namespace {

constexpr auto kSequences = "sqlite_sequence";  // the one table whose columns have no declared type

ColumnInfo::Type type_of(Connection& db, const std::string& table, const ColumnInfo& column,
                         const std::string& declared) {
  using enum ColumnInfo::Type;
  if (declared == "INTEGER" || (table == kSequences && column.name == "seq")) return kInteger;
  if (declared == "TEXT" || (table == kSequences && column.name == "name")) return kText;
  if (declared == "REAL") return kReal;
  throw Error(
      ErrorKind::kCatalog,
      fmt::format("the catalog {} is damaged: {}.{} has the type '{}'", db.file(), table, column.name, declared),
      "amphi catalog check tells what else differs");
}

}  // namespace

std::vector<ColumnInfo> columns_of(Connection& db, const std::string& table) {
  std::vector<ColumnInfo> columns;
  Use row = db.use("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", table);
  while (row.step()) {
    ColumnInfo column;
    column.name = row.next<std::string>();
    const auto declared = row.next<std::string>();
    column.key = row.next<int>();
    column.type = type_of(db, table, column, declared);
    columns.push_back(std::move(column));
  }
  return columns;
}

std::string column_list(const std::vector<ColumnInfo>& columns) {
  std::string out;
  for (const auto& column : columns) out += fmt::format("{}{}", out.empty() ? "" : ", ", quoted_name(column.name));
  return out;
}

}  // namespace amphi
