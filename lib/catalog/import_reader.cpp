#include "catalog/import_reader.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <sqlite3.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/export_value.hpp"
#include "catalog/inspect.hpp"
#include "catalog/migrate.hpp"
#include "catalog/sqlite_error.hpp"
#include "model/json_guard.hpp"

namespace amphi {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto kWhatItTakes = "give what amphi catalog export wrote";
constexpr auto kWasCut = "it was cut, or not yet written to the end: export again";

std::string shown(std::string_view name) {
  constexpr int kColumns = 60;
  return escape_controls(fit_to_width(name, kColumns));
}

bool has_only(const Json& object, std::initializer_list<const char*> names) {
  if (!object.is_object() || object.size() != names.size()) return false;
  for (const auto* name : names) {
    if (!object.contains(name)) return false;
  }
  return true;
}

}  // namespace

ImportReader::ImportReader(Connection& into, std::string name) : into_(into), name_(std::move(name)) {}

void ImportReader::refuse(std::string_view why, std::string hint) const {
  throw Error(ErrorKind::kUsage, fmt::format("{}, line {}: {}", name_, line_, why),
              hint.empty() ? "nothing was taken in" : std::move(hint));
}

Json ImportReader::parse(std::string_view line) const {
  try {
    JsonGuard guard([this](const std::string& why) { refuse(why); });
    return Json::parse(line, std::ref(guard));
  } catch (const nlohmann::json::exception&) {
    refuse("it is no JSON object", line_ == 1 ? kWhatItTakes : kWasCut);
  }
}

void ImportReader::take(std::string_view line) {
  ++line_;
  if (ended_) refuse("there is more after the line that counts the rows", kWhatItTakes);
  const Json parsed = parse(line);
  if (schema_ == 0) return begin(parsed);
  if (has_only(parsed, {"rows"})) return compare_counts(parsed["rows"]);
  if (!has_only(parsed, {"table", "row"})) refuse("it has not just a table and a row", kWhatItTakes);
  add(parsed);
}

void ImportReader::begin(const Json& first) {
  const bool known = first.is_object() && first.contains("schema") && first["schema"] == kExportSchema &&
                     first.contains("catalog_schema") && first["catalog_schema"].is_number_integer();
  if (!known) refuse(fmt::format("it does not say \"schema\":\"{}\"", kExportSchema), kWhatItTakes);
  const auto schema = first["catalog_schema"].get<std::int64_t>();
  if (schema > newest_schema()) {
    refuse(fmt::format("it is of schema {}, this amphi knows {}", schema, newest_schema()), "use the newer amphi");
  }
  if (schema < 1) refuse(fmt::format("there is no schema {}", schema), kWhatItTakes);
  schema_ = static_cast<int>(schema);
  build_schema(into_, schema_);
  open_tables();
}

void ImportReader::open_tables() {
  for (const auto& name : tables_of(into_)) {
    Table& table = tables_[name];
    table.columns = columns_of(into_, name);
    std::string places;
    for (std::size_t i = 0; i < table.columns.size(); ++i) places += i == 0 ? "?" : ", ?";
    table.insert = std::make_unique<Statement>(
        into_, fmt::format("INSERT INTO {} ({}) VALUES ({})", quoted_name(name), column_list(table.columns), places));
  }
}

void ImportReader::add(const Json& line) {
  if (!line["table"].is_string()) refuse("its table has no name");
  const auto name = line["table"].get<std::string>();
  const auto found = tables_.find(name);
  if (found == tables_.end()) {
    refuse(fmt::format("there is no table {} in a catalog of schema {}", shown(name), schema_));
  }
  Table& table = found->second;
  const Json& row = line["row"];
  if (!row.is_object()) refuse(fmt::format("its row of {} is no object", name));
  for (const auto& column : table.columns) {
    if (!row.contains(column.name)) refuse(fmt::format("{} has no {}", name, column.name));
  }
  for (const auto& [column, value] : row.items()) {
    const auto same = [&column = column](const ColumnInfo& known) { return known.name == column; };
    if (std::none_of(table.columns.begin(), table.columns.end(), same)) {
      refuse(fmt::format("there is no column {} in {}", shown(column), name));
    }
  }
  // SQLite counts ids itself as rows come in; what the export says of them is the last word.
  if (name == "sqlite_sequence" && table.rows == 0) into_.run("DELETE FROM sqlite_sequence");
  insert(table, row);
}

void ImportReader::insert(Table& table, const Json& row) {
  try {
    Use use(into_, *table.insert);
    for (const auto& column : table.columns) bind_imported(use, column, row[column.name]);
    use.run();
    ++table.rows;
  } catch (const SqliteError& error) {
    // NOT NULL, CHECK, UNIQUE, a column's type: the schema's own rules say what fits.
    if ((error.code() & 0xff) != SQLITE_CONSTRAINT) throw;
    refuse(sqlite3_errmsg(into_.get()));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUsage) throw;
    refuse(error.message());
  }
}

void ImportReader::compare_counts(const Json& last) {
  if (!last.is_object()) refuse("it counts no rows", kWhatItTakes);
  for (const auto& [name, table] : tables_) {
    if (!last.contains(name) || last[name] != table.rows) {
      refuse(fmt::format("it counts {} rows of {}, {} were there", last.contains(name) ? last[name].dump() : "no", name,
                         table.rows),
             kWasCut);
    }
  }
  if (last.size() != tables_.size()) refuse("it counts rows of tables that a catalog has not", kWhatItTakes);
  ended_ = true;
}

void ImportReader::finish() {
  if (!ended_) {
    throw Error(ErrorKind::kUsage,
                fmt::format("{}, line {}: the line that counts the rows is missing", name_, line_ + 1),
                line_ == 0 ? kWhatItTakes : kWasCut);
  }
  const auto broken = broken_references(into_);
  if (broken.empty()) return;
  const auto& first = broken.front();
  throw Error(ErrorKind::kUsage,
              fmt::format("{}: a row of {}{} refers to a row of {} that is not there", name_, first.table,
                          first.row ? fmt::format(" ({})", *first.row) : "", first.refers_to),
              "nothing was taken in");
}

}  // namespace amphi
