// JSON of a record from its rows.
#pragma once

#include <type_traits>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "model/fields.hpp"
#include "model/json_reader.hpp"
#include "model/words.hpp"

namespace amphi {

// A word for a value of a closed set, null for what is not there.
template <class T>
nlohmann::json field_json(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return to_string(value);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return to_rfc3339(value);
  } else {
    return value;
  }
}
template <class T>
nlohmann::json field_json(const std::optional<T>& value) {
  return value ? field_json(*value) : nlohmann::json(nullptr);
}

// Into the object `out`, beside what it has.
template <HasFields Record>
void write_fields(nlohmann::json& out, const Record& record) {
  for_each_field<Record>([&](const auto& row) { out[row.name] = field_json(row.of(record)); });
}

// Throws kUsage naming the document and the field. An optional one that is not there leaves the record's as it is.
template <HasFields Record>
void read_fields(const JsonReader& read, Record& record) {
  for_each_field<Record>([&](const auto& row) {
    auto& value = row.of(record);
    using Value = std::remove_reference_t<decltype(value)>;
    if constexpr (std::is_enum_v<Value>) {
      read.need_word(row.name.data(), value, parse_word<Value>);
    } else if (row.need == Need::kNeeded) {
      read.need(row.name.data(), value);
    } else {
      read.take(row.name.data(), value);
    }
  });
}

}  // namespace amphi
