// A value of the catalog in an export, without loss:
//   NULL      null
//   INTEGER   a number without fraction or exponent; beyond 2^53 a string of its digits, because most programs that an
//             export goes through (jq before 1.7, anything in JavaScript) round such a number without a word
//   REAL      a number with one of them, the shortest that reads back as the same double; {"real": "inf"}, "-inf"
//   TEXT      a string; {"hex": "ff00..."} where its bytes are not valid UTF-8, as those of a path may be
#pragma once

#include <nlohmann/json.hpp>

#include "catalog/columns.hpp"
#include "catalog/statement.hpp"

namespace amphi {

inline constexpr auto kExportSchema = "amphi.catalog.export/1";

// The next column of a row of any database: as above, and bytes as {"bytes": "ff00..."}.
nlohmann::ordered_json any_value(Use& row);

// The next column of a row. kCatalog for bytes, which no table of a catalog holds.
nlohmann::ordered_json exported_value(Use& row);

// Binds what an export says of a column. kUsage, the message without place, where the value does not fit it. A program
// that passed the export on may have written 5400.0 as 5400: a whole number is taken for a REAL where nothing is lost.
void bind_imported(Use& use, const ColumnInfo& column, const nlohmann::ordered_json& value);

}  // namespace amphi
