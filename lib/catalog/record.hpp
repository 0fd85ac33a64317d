// A record as columns of its table, from its rows: their names, their places in a statement, their values.
//
// Each field is one column of its own name; a field that is a record itself is the columns of its fields.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/cause.hpp"
#include "catalog/connection.hpp"
#include "catalog/rows.hpp"
#include "model/fields.hpp"
#include "model/words.hpp"

namespace amphi {

// Calls `act` with the name of each column.
template <HasFields Record, class Act>
void for_each_column(Act&& act) {
  for_each_field<Record>([&](const auto& row) {
    using Value = typename std::remove_cvref_t<decltype(row)>::Value;
    if constexpr (HasFields<Value>) {
      for_each_column<Value>(act);
    } else {
      act(row.name);
    }
  });
}

// "a.step_id, a.stage, ..." with `before` "a.".
template <HasFields Record>
std::string record_columns(std::string_view before = {}) {
  std::string list;
  for_each_column<Record>(
      [&](std::string_view name) { list += fmt::format("{}{}{}", list.empty() ? "" : ", ", before, name); });
  return list;
}

// "INTO (OTHERS..., the record's) VALUES (?, ...)": the others are bound first. `into` is "INSERT INTO request".
template <HasFields Record>
std::string insert_statement(std::string_view into, std::initializer_list<std::string_view> others = {}) {
  std::string columns, places;
  const auto add = [&](std::string_view name) {
    const auto* comma = columns.empty() ? "" : ", ";
    columns += fmt::format("{}{}", comma, name);
    places += fmt::format("{}?", comma);
  };
  for (const auto other : others) add(other);
  for_each_column<Record>(add);
  return fmt::format("{} ({}) VALUES ({})", into, columns, places);
}

// How a value is bound where its type is not SQLite's.
template <class T>
auto column_value(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return to_string(value);
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return static_cast<std::int64_t>(value);
  } else {
    return std::cref(value);
  }
}
template <class T>
auto column_value(const std::optional<T>& value) {
  if constexpr (std::is_enum_v<T>) {
    return value ? std::optional<std::string_view>(to_string(*value)) : std::nullopt;
  } else {
    return std::cref(value);
  }
}
inline std::string_view column_value(const std::optional<Cause>& cause) {
  return recorded_word(cause);
}
inline std::optional<RequestId> column_value(const RequestId& request) {  // 0: nobody asked for it
  return request.value == 0 ? std::nullopt : std::optional(request);
}
inline std::string column_value(const std::vector<std::string>& list) {
  return nlohmann::json(list).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Binds the next parameters: the record's columns in their order.
template <HasFields Record>
void bind_record(Use& use, const Record& record) {
  for_each_field<Record>([&](const auto& row) {
    using Value = typename std::remove_cvref_t<decltype(row)>::Value;
    if constexpr (HasFields<Value>) {
      bind_record(use, row.of(record));
    } else {
      const auto value = column_value(row.of(record));
      if constexpr (requires { value.get(); }) {
        use.bind(value.get());
      } else {
        use.bind(value);
      }
    }
  });
}

// Runs what insert_statement made; `sql` is kept by the caller as long as the connection lives.
template <HasFields Record, class... Others>
void insert_record(Connection& db, const std::string& sql, const Record& record, const Others&... others) {
  Use use = db.use(sql.c_str(), others...);
  bind_record(use, record);
  use.run();
}

template <class E>
E stored_word(const Store& store, const std::string& text) {
  const auto value = parse_word<E>(text);
  if (!value) throw_damaged(store, fmt::format("unknown word '{}'", text));
  return *value;
}

// The next column into `value`; `called` names a document that cannot be read.
template <class T>
void read_column(const Store& store, Use& row, std::string_view, T& value) {
  if constexpr (std::is_enum_v<T>) {
    value = stored_word<T>(store, row.next<std::string>());
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    value = static_cast<std::uint64_t>(row.next<std::int64_t>());
  } else {
    value = row.next<T>();
  }
}
template <class E>
requires std::is_enum_v<E>
void read_column(const Store& store, Use& row, std::string_view, std::optional<E>& value) {
  const auto text = row.next<std::optional<std::string>>();
  value = text ? std::optional(stored_word<E>(store, *text)) : std::nullopt;
}
inline void read_column(const Store&, Use& row, std::string_view, std::optional<Cause>& value) {
  value = recorded_cause(row.next<std::string>());
}
inline void read_column(const Store& store, Use& row, std::string_view called, std::vector<std::string>& value) {
  value = read_texts(store, row.next<std::string>(), called);
}

// The next columns as the record's fields. Throws kCatalog: a damaged catalog.
template <HasFields Record>
void read_record(const Store& store, Use& row, Record& record) {
  for_each_field<Record>([&](const auto& field) {
    auto& value = field.of(record);
    if constexpr (HasFields<std::remove_cvref_t<decltype(value)>>) {
      read_record(store, row, value);
    } else {
      read_column(store, row, field.called, value);
    }
  });
}

}  // namespace amphi
