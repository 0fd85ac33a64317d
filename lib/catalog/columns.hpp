// The columns of a table as the database itself describes them.
#pragma once

#include <string>
#include <vector>

#include "catalog/connection.hpp"

namespace amphi {

struct ColumnInfo {
  std::string name;
  enum class Type { kInteger, kReal, kText } type = Type::kText;
  int key = 0;  // place in the primary key, from 1; 0: not in it
};

// In the table's own order. kCatalog for a type that no catalog has.
std::vector<ColumnInfo> columns_of(Connection& db, const std::string& table);

// "a", "b": quoted, for a statement.
std::string column_list(const std::vector<ColumnInfo>& columns);

}  // namespace amphi
