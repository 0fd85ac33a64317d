#include "catalog/ancestor_file.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/export_value.hpp"
#include "catalog/foreign_database.hpp"
#include "catalog/inspect.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

constexpr auto kNothingTaken = "nothing was taken in, and the file was not changed";

// SQLite's answers are worded for the catalog; this is somebody else's file.
[[noreturn]] void throw_about(const std::string& file, const SqliteError& error) {
  const std::string why = sqlite3_errstr(error.code() & 0xff);
  switch (error.code() & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorKind::kBusy, fmt::format("{} is being written by another program", file),
                  "stop amphigory and try again");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR:
      throw Error(ErrorKind::kUsage, fmt::format("{} is damaged: {}", file, why),
                  fmt::format("nothing was taken in; `sqlite3 {} .recover` may save its rows", shell_word(file)));
    default:
      throw Error(ErrorKind::kUnavailable, fmt::format("{} cannot be read: {}", file, why), kNothingTaken);
  }
}

// Of a virtual table nobody knows what reading it does; SQLite's own hold nothing of the ancestor's.
std::vector<std::string> plain_tables(Connection& db) {
  std::vector<std::string> names;
  Use row = db.use(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND "
      "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
  while (row.step()) names.push_back(row.next<std::string>());
  return names;
}

std::vector<std::string> column_names(Connection& db, const std::string& table) {
  std::vector<std::string> names;
  Use row = db.use("SELECT name FROM pragma_table_info(?) ORDER BY cid", table);
  while (row.step()) names.push_back(row.next<std::string>());
  return names;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void require_ancestor(Connection& db, const std::string& file) {
  const auto tables = plain_tables(db);
  if (has(tables, "disc") && has(tables, "track_edit")) {
    throw Error(ErrorKind::kUsage, fmt::format("{} is a catalog of amphi itself", file),
                "amphi catalog restore puts a backup back; amphi catalog export makes what import takes");
  }
  for (const auto& [table, columns] : {std::pair("discs", std::vector{"id", "title"}),
                                       std::pair("tracks", std::vector{"id", "disc_id", "track_number"})}) {
    const auto names = has(tables, table) ? column_names(db, table) : std::vector<std::string>();
    if (std::all_of(columns.begin(), columns.end(), [&names = names](const char* name) { return has(names, name); }))
      continue;
    throw Error(ErrorKind::kUsage, fmt::format("{} is a database, but not amphigory's: it has no {}", file, table),
                "give amphigory.db, or what amphi catalog export wrote");
  }
}

void require_whole(Connection& db, const std::string& file) {
  const auto problems = integrity_problems(db, CheckDepth::kFull);
  if (problems.empty()) return;
  throw Error(ErrorKind::kUsage, fmt::format("{} is damaged: {}", file, problems.front()),
              fmt::format("nothing was taken in; `sqlite3 {} .recover` may save its rows", shell_word(file)));
}

std::vector<ForeignRow> read_rows(Connection& db, const std::string& table) {
  const auto columns = column_names(db, table);
  std::string list;
  for (const auto& column : columns) list += (list.empty() ? "" : ", ") + quoted_name(column);
  Statement statement(
      db, fmt::format("SELECT {} FROM {} {}", list, quoted_name(table), has(columns, "id") ? "ORDER BY \"id\"" : ""));
  std::vector<ForeignRow> rows;
  Use row(db, statement);
  while (row.step()) {
    ForeignRow read{table, std::nullopt, nlohmann::json::object()};
    for (const auto& column : columns) read.values[to_valid_utf8(column)] = nlohmann::json(any_value(row));
    const auto id = read.values.find("id");
    if (id != read.values.end() && id->is_number_integer()) read.id = id->get<std::int64_t>();
    rows.push_back(std::move(read));
  }
  return rows;
}

ForeignTables read_tables(Connection& db, const std::string& file) {
  const Transaction same_state(db, Transaction::Kind::kRead);
  require_whole(db, file);
  require_ancestor(db, file);
  ForeignTables tables;
  for (const auto& table : plain_tables(db)) tables[to_valid_utf8(table)] = read_rows(db, table);
  return tables;
}

}  // namespace

ForeignTables read_ancestor(const std::string& file) {
  try {
    const ForeignDatabase database(file);
    return read_tables(database.db(), file);
  } catch (const SqliteError& error) {
    throw_about(file, error);
  }
}

}  // namespace amphi
