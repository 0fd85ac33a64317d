// That a document was read as it stands, for values that go through JSON.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "demand.hpp"

namespace amphi::fuzz {

// Every value of `read` that stands in `given` too is the same there. Absent fields have defaults; times lose what is
// finer than a millisecond.
inline void demand_as_given(const nlohmann::json& given, const nlohmann::json& read, const std::string& at = "") {
  if (given.is_null() || read.is_null() || at.ends_with("/created_at")) return;
  if (read.is_object() && given.is_object()) {
    for (const auto& [name, value] : read.items())
      if (given.contains(name)) demand_as_given(given[name], value, at + "/" + name);
  } else if (read.is_array() && given.is_array()) {
    for (std::size_t i = 0; i < read.size() && i < given.size(); ++i)
      demand_as_given(given[i], read[i], at + "/" + std::to_string(i));
  } else {
    demand(read == given, "a field is read as it stands", at + ": " + read.dump() + ", given " + given.dump());
  }
}

// A value that came from `given` is the same after having been written and read again.
template <class T>
void demand_round_trip(const nlohmann::json& given, const T& value) {
  const auto written = nlohmann::json(value);
  demand_as_given(given, written);
  const auto again = nlohmann::json(nlohmann::json::parse(written.dump()).template get<T>());
  demand(again == written, "a document is the same once written and read", written.dump() + "\n  " + again.dump());
}

}  // namespace amphi::fuzz
