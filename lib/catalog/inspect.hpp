// Looks at a database as a whole: is it damaged, and is it shaped as amphi makes it. Nothing here changes anything.
#pragma once

#include <string>
#include <vector>

#include "amphi/care.hpp"
#include "catalog/connection.hpp"

namespace amphi {

// Sorted; with sqlite_sequence where there is one.
std::vector<std::string> tables_of(Connection& db);
std::int64_t count_rows(Connection& db, const std::string& table);
std::string quoted_name(std::string_view name);  // as an SQL identifier

// What quick_check (kFull: integrity_check) finds, one line each; also where it cannot even run.
std::vector<std::string> integrity_problems(Connection& db, CheckDepth depth);
std::vector<BrokenReference> broken_references(Connection& db);
// Tables, indexes, triggers and views against those of a newly made catalog of `schema`.
std::vector<SchemaDifference> schema_differences(Connection& db, int schema);

// kCatalog, naming what is wrong, unless `db` is a catalog of a schema that this amphi knows, whole in every respect
// that its use rests on (an index that somebody added is nobody's harm). Gives the schema. In a transaction.
int require_sound(Connection& db);

}  // namespace amphi
