// Reads an export line by line into a private database of the schema that it is of. Every fault is kUsage and names the
// line: "dump.jsonl, line 3: there is no table disk in a catalog of schema 3".
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "catalog/columns.hpp"
#include "catalog/connection.hpp"

namespace amphi {

class ImportReader {
 public:
  // `into` is empty; `name` is for messages.
  ImportReader(Connection& into, std::string name);

  void take(std::string_view line);
  // After the last line: an export without its last line was cut; rows that refer to nothing are refused.
  void finish();
  int schema() const { return schema_; }

 private:
  struct Table {
    std::vector<ColumnInfo> columns;
    std::unique_ptr<Statement> insert;
    std::int64_t rows = 0;
  };

  [[noreturn]] void refuse(std::string_view why, std::string hint = {}) const;
  nlohmann::ordered_json parse(std::string_view line) const;
  void begin(const nlohmann::ordered_json& first);
  void open_tables();
  void add(const nlohmann::ordered_json& line);
  void insert(Table& table, const nlohmann::ordered_json& row);
  void compare_counts(const nlohmann::ordered_json& last);

  Connection& into_;
  std::string name_;
  std::int64_t line_ = 0;
  int schema_ = 0;  // 0: the first line was not there yet
  bool ended_ = false;
  std::map<std::string, Table> tables_;
};

}  // namespace amphi
