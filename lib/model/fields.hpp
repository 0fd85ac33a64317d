// A record by its fields: one row for each, which names the member that holds it and says what else is to be known of
// it. What a record becomes (JSON, columns of a table, a patch, a difference ...) is made from its rows, so that a
// field more is a row more.
//
// A record has an overload `fields_of(const Record*)` in its own namespace: the std::tuple of its rows.
#pragma once

#include <string_view>
#include <tuple>

namespace amphi {

template <class Member>
struct MemberTypes;
template <class R, class T>
struct MemberTypes<T R::*> {
  using Record = R;
  using Value = T;
};

// Whether a document is refused that does not have the field.
enum class Need { kNeeded, kOptional };

template <auto kMember>
struct FieldRow {
  using Value = typename MemberTypes<decltype(kMember)>::Value;
  using Record = typename MemberTypes<decltype(kMember)>::Record;
  std::string_view name;  // a literal: in documents, and of the column
  Need need = Need::kNeeded;
  std::string_view called = {};  // what a damaged catalog is told to have: "names of an artifact"

  static constexpr const Value& of(const Record& record) { return record.*kMember; }
  static constexpr Value& of(Record& record) { return record.*kMember; }
};

// A row: field<&Receipt::path>("path").
template <auto kMember>
constexpr FieldRow<kMember> field(std::string_view name, Need need = Need::kNeeded, std::string_view called = {}) {
  return {name, need, called};
}

template <class T>
concept HasFields = requires {
  fields_of(static_cast<const T*>(nullptr));
};

// Calls `act` with each row of the record, in their order.
template <HasFields Record, class Act>
constexpr void for_each_field(Act&& act) {
  std::apply([&](const auto&... rows) { (act(rows), ...); }, fields_of(static_cast<const Record*>(nullptr)));
}

}  // namespace amphi
