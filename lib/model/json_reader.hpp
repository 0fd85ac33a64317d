// Reads the fields of a JSON object with the types they must have; what is odd throws kUsage naming document and field.
// For amphi's own documents (specifications, receipts, events), where an unknown field is ignored so that a newer
// program may add one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/ids.hpp"
#include "base/clock.hpp"

namespace amphi {

class JsonReader {
 public:
  JsonReader(const nlohmann::json& object, std::string_view document) : object_(object), document_(document) {
    if (!object.is_object()) throw Error(ErrorKind::kUsage, document_ + " is not a JSON object");
  }

  // The field must be there and fit.
  template <class T>
  void need(const char* field, T& out) const {
    if (!take(field, out)) throw Error(ErrorKind::kUsage, document_ + ": the field '" + field + "' is missing");
  }
  // Absent or null leaves `out` as it is.
  template <class T>
  bool take(const char* field, T& out) const {
    const auto found = object_.find(field);
    if (found == object_.end() || found->is_null()) return false;
    try {
      get(*found, out);
    } catch (const nlohmann::json::exception&) {
      throw Error(ErrorKind::kUsage, document_ + ": the field '" + field + "' has the wrong type");
    }
    return true;
  }
  // The field as it is, never copied: JSON that nests deeply would use up the stack.
  const nlohmann::json& part(const char* field) const {
    const auto found = object_.find(field);
    if (found == object_.end() || found->is_null())
      throw Error(ErrorKind::kUsage, document_ + ": the field '" + field + "' is missing");
    return *found;
  }
  // The field's text through one of the parse_ functions.
  template <class T, class Parse>
  void need_word(const char* field, T& out, Parse parse) const {
    std::string text;
    need(field, text);
    if (const auto value = parse(text)) {
      out = *value;
    } else {
      throw Error(ErrorKind::kUsage, document_ + ": '" + text + "' is no value for '" + field + "'");
    }
  }

 private:
  // In range too: the library cuts a number to what fits.
  template <class T>
  static void get(const nlohmann::json& value, T& out) {
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      if (!fits<T>(value)) throw_type(value);
    }
    value.get_to(out);
  }
  template <class T>
  static bool fits(const nlohmann::json& value) {
    if (value.is_number_unsigned()) return std::in_range<T>(value.get<std::uint64_t>());
    return value.is_number_integer() && std::in_range<T>(value.get<std::int64_t>());
  }
  template <class T>
  static void get(const nlohmann::json& value, std::optional<T>& out) {
    T inner{};
    get(value, inner);
    out = std::move(inner);
  }
  static void get(const nlohmann::json& value, Timestamp& out) {
    const auto parsed = parse_rfc3339(value.get<std::string>());
    if (!parsed) throw_type(value);
    out = *parsed;
  }
  [[noreturn]] static void throw_type(const nlohmann::json& value) {
    throw nlohmann::json::type_error::create(302, "wrong type", &value);
  }

  const nlohmann::json& object_;
  std::string document_;
};

template <class T>
nlohmann::json json_or_null(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

}  // namespace amphi
