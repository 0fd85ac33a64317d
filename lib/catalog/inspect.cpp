#include "catalog/inspect.hpp"

#include <map>

#include <fmt/format.h>
#include <sqlite3.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/migrate.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

constexpr int kShownCharacters = 200;  // of a line that SQLite wrote about bytes of unknown origin

std::string shown(const std::string& text) {
  return fit_to_width(to_valid_utf8(text), kShownCharacters);
}

// "table disc" -> its SQL.
std::map<std::string, std::string> objects_of(Connection& db) {
  std::map<std::string, std::string> objects;
  Use row = db.use(
      "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND "
      "name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  while (row.step()) {
    auto name = row.next<std::string>();
    objects[std::move(name)] = row.next<std::string>();
  }
  return objects;
}

[[noreturn]] void throw_unsound(const std::string& file, std::string_view why) {
  throw Error(ErrorKind::kCatalog, fmt::format("{} is damaged: {}", file, why),
              "it was not changed; give an older backup");
}

// SQLite puts what it finds in a database beneath a line with that database's name, all in one row.
std::size_t heading_length(std::string_view text) {
  const auto end = text.starts_with("*** in database ") ? text.find('\n') : std::string_view::npos;
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::vector<std::string> tables_of(Connection& db) {
  std::vector<std::string> names;
  Use row = db.use(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
      "(name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR name = 'sqlite_sequence') ORDER BY name");
  while (row.step()) names.push_back(row.next<std::string>());
  return names;
}

std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::int64_t count_rows(Connection& db, const std::string& table) {
  Statement statement(db, fmt::format("SELECT count(*) FROM {}", quoted_name(table)));
  Use row(db, statement);
  return row.step() ? row.next<std::int64_t>() : 0;
}

std::vector<std::string> integrity_problems(Connection& db, CheckDepth depth) {
  std::vector<std::string> problems;
  try {
    Use row = db.use(depth == CheckDepth::kFull ? "PRAGMA integrity_check" : "PRAGMA quick_check");
    while (row.step()) {
      const auto text = row.next<std::string>();
      if (text == "ok") continue;
      for (const auto& line : split(std::string_view(text).substr(heading_length(text)), '\n'))
        problems.push_back(shown(line));
    }
  } catch (const SqliteError& error) {
    // Damage so deep that the check itself ends at it.
    const int code = error.code() & 0xff;
    if (code != SQLITE_CORRUPT && code != SQLITE_NOTADB) throw;
    problems.push_back(sqlite3_errstr(code));
  }
  return problems;
}

std::vector<BrokenReference> broken_references(Connection& db) {
  std::vector<BrokenReference> broken;
  Use row = db.use("PRAGMA foreign_key_check");
  while (row.step()) {
    BrokenReference found;
    found.table = row.next<std::string>();
    found.row = row.next<std::optional<std::int64_t>>();
    found.refers_to = row.next<std::string>();
    broken.push_back(std::move(found));
  }
  return broken;
}

std::vector<SchemaDifference> schema_differences(Connection& db, int schema) {
  using enum SchemaDifference::Kind;
  Connection made(db.file(), Connection::Access::kTemporary);
  build_schema(made, schema);
  std::vector<SchemaDifference> differences;
  auto found = objects_of(db);
  for (const auto& [name, sql] : objects_of(made)) {
    const auto there = found.find(name);
    if (there == found.end()) {
      differences.push_back({name, kMissing});
    } else if (there->second != sql) {
      differences.push_back({name, kChanged});
    }
    if (there != found.end()) found.erase(there);
  }
  for (const auto& [name, sql] : found) differences.push_back({shown(name), kAdded});
  return differences;
}

int require_sound(Connection& db) {
  const int schema = schema_of(db);
  if (schema == 0) {
    throw Error(ErrorKind::kCatalog, fmt::format("{} is empty: there is no catalog in it", db.file()),
                "give a catalog or a backup of one");
  }
  const auto problems = integrity_problems(db, CheckDepth::kFull);
  if (!problems.empty()) throw_unsound(db.file(), problems.front());
  const auto broken = broken_references(db);
  if (!broken.empty()) throw_unsound(db.file(), fmt::format("rows of {} refer to nothing", broken.front().table));
  for (const auto& difference : schema_differences(db, schema)) {
    const bool harmless = difference.kind == SchemaDifference::Kind::kAdded && difference.name.starts_with("index ");
    if (!harmless) {
      throw_unsound(db.file(), fmt::format("its {} is {}", difference.name, to_string(difference.kind)));
    }
  }
  return schema;
}

}  // namespace amphi
