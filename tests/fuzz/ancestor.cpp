// Rows of amphigory's: discs that a catalog takes in, and a second time without a change, or notes of what does not
// fit.
#include <cstddef>
#include <cstdint>
#include <optional>

#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/ancestor_import.hpp"
#include "demand.hpp"
#include "sane_disc.hpp"
#include "shelf.hpp"

using namespace amphi;

namespace {

// What a column can hold; everything else is what SQLite calls bytes.
nlohmann::json column_value(const nlohmann::json& value) {
  const bool is_plain = value.is_null() || value.is_string() || (value.is_number() && !value.is_number_unsigned()) ||
                        (value.is_number_unsigned() && value.get<std::uint64_t>() <= INT64_MAX);
  return is_plain ? value : nlohmann::json{{"bytes", "00"}};
}

// {"discs": [{...}], "tracks": [{...}], ...}
std::optional<ForeignTables> tables_in(std::string_view text) {
  const auto document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  ForeignTables tables;
  for (const auto& [table, rows] : document.items()) {
    if (!rows.is_array()) continue;
    for (const auto& row : rows) {
      ForeignRow foreign{table, std::nullopt, nlohmann::json::object()};
      if (!row.is_object()) continue;
      for (const auto& [column, value] : row.items()) foreign.values[column] = column_value(value);
      const auto id = foreign.values.find("id");
      if (id != foreign.values.end() && id->is_number_integer()) foreign.id = id->get<std::int64_t>();
      tables[table].push_back(std::move(foreign));
    }
  }
  return tables;
}

void demand_sane(const AncestorCatalog& ancestor) {
  for (const auto& disc : ancestor.discs) fuzz::demand_sane(disc.scanned);
  for (const auto& bad : ancestor.bad_rows) {
    fuzz::demand(is_valid_utf8(bad.why) && !bad.columns.empty(), "what does not fit is told", escape_controls(bad.why));
    fuzz::demand(bad.why.find('\n') == std::string::npos, "in one line", escape_controls(bad.why));
  }
}

struct Enough {};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tables = tables_in(fuzz::text_of(data, size));
  if (!tables) return 0;
  const auto ancestor = understand_ancestor(*tables, "/old/amphigory.db");
  demand_sane(ancestor);
  static fuzz::Shelf shelf;
  static Catalog catalog = shelf.open();
  try {
    catalog.in_one_transaction([&] {
      take_in(catalog, ancestor);
      for (const auto id : catalog.all_discs()) catalog.load_disc(id);
      const auto again = take_in(catalog, ancestor);
      fuzz::demand(again.added_discs == 0 && again.added_tracks == 0 && again.added_paths == 0,
                   "a second import changes nothing");
      throw Enough();  // the next finds the catalog as it was
    });
  } catch (const Enough&) {
  }
  return 0;
}
