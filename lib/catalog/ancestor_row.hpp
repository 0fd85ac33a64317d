// One row of the ancestor's, read field by field: what fits is a value, what does not is told once the row is done
// with.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "amphi/care.hpp"
#include "catalog/ancestor_file.hpp"

namespace amphi {

// What does not fit, one entry per row however much of it that is; the first of it is told.
class BadRows {
 public:
  void add(const ForeignRow& row, std::string_view column, std::string_view why);
  // Texts that are not UTF-8, and bytes: no column of the ancestor's holds them.
  void add_what_is_no_text(const ForeignRow& row);
  std::vector<BadRow> take();

 private:
  struct Entry {
    BadRow bad;
    std::vector<std::string> clauses;
    int more = 0;  // that would make the line too long
  };
  Entry& entry_of(const ForeignRow& row);

  std::vector<Entry> entries_;
  std::map<std::pair<std::string, std::int64_t>, std::size_t> known_;  // by table and id
};

// Reads the fields of an object: a row itself, or something in one of its columns, which `place` names then. A field
// that is absent, null, blank or no text at all is nothing; one that does not fit is nothing, too, and noted.
class RowReader {
 public:
  RowReader(const ForeignRow& row, BadRows& bad) : RowReader(row, row.values, "", bad) {}
  RowReader(const ForeignRow& row, const nlohmann::json& object, std::string place, BadRows& bad)
      : row_(row), object_(object), place_(std::move(place)), bad_(bad) {}

  std::optional<std::string> text(const char* field) const;  // numbers as their digits
  std::optional<std::int64_t> whole(const char* field, std::int64_t low, std::int64_t high) const;
  std::optional<double> real(const char* field, double low, double high) const;
  // RFC 3339, or that without a zone, which is UTC then: "2025-12-26T10:11:12.123456", "2026-11-22 07:59:57".
  std::optional<Timestamp> time(const char* field) const;
  // An array or an object, or a text that is the JSON of one.
  std::optional<nlohmann::json> document(const char* field) const;
  void complain(std::string_view field, std::string_view why) const;
  void refuse(std::string_view field, std::string_view why, std::string_view value) const;  // "WHY: 'VALUE'"

 private:
  const nlohmann::json* find(const char* field) const;

  const ForeignRow& row_;
  const nlohmann::json& object_;
  std::string place_;
  BadRows& bad_;
};

}  // namespace amphi
