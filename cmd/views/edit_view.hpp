// The fields of a view that show what can be edited, from the rows of the edits.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include "base/text.hpp"
#include "model/edit_fields.hpp"
#include "model/words.hpp"
#include "view.hpp"

namespace amphi::cmd {

template <class T>
Json edit_json(const std::optional<T>& value) {
  if constexpr (std::is_enum_v<T>) {
    return value ? Json(to_string(*value)) : Json();
  } else {
    return or_null(value);
  }
}

// "movie|tv|music?"
template <class Word>
std::string_view words_type() {
  static const std::string kType = [] {
    std::vector<std::string> words;
    for (const auto word : all_words<Word>()) words.emplace_back(to_string(word));
    return join(words, "|") + "?";
  }();
  return kType;
}

template <class T>
std::string_view edit_type() {
  if constexpr (std::is_enum_v<T>) {
    return words_type<T>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return "boolean?";
  } else {
    return std::is_same_v<T, int> ? "integer?" : "string?";
  }
}

// Columns that are shown with --columns, of those that have no place of their own in the view. `kOf` gives the edits of
// what is shown.
template <auto kOf, class Edits, class Shown>
std::vector<Field<Shown>> edit_columns() {
  std::vector<Field<Shown>> fields;
  for_each_field<Edits>([&](const auto& row) {
    using Row = std::remove_cvref_t<decltype(row)>;
    using T = typename Row::Value::value_type;
    if (row.words.shown.empty()) return;
    const auto align = std::is_same_v<T, int> ? Align::kRight : Align::kLeft;
    const auto fit = row.words.flexible ? Fit::kFlexible : Fit::kWhole;
    fields.push_back({{row.name, edit_type<T>(), row.words.shown, row.words.column, Column::kAsked, align, fit},
                      [](const Shown& shown) { return edit_json(Row::of(kOf(shown))); }});
  });
  return fields;
}

// Those that `disc identify` shows of what TheDiscDB can fill; a word is any text there.
template <auto kOf, class Edits, class Shown>
std::vector<Field<Shown>> identified_fields() {
  std::vector<Field<Shown>> fields;
  for_each_field<Edits>([&](const auto& row) {
    using Row = std::remove_cvref_t<decltype(row)>;
    using T = typename Row::Value::value_type;
    if (row.words.identified.empty()) return;
    fields.push_back({{row.name, std::is_same_v<T, int> ? "integer?" : "string?", row.words.identified},
                      [](const Shown& shown) { return edit_json(Row::of(kOf(shown))); }});
  });
  return fields;
}

// `more` behind `fields`.
template <class Shown>
void append_fields(std::vector<Field<Shown>>& fields, const std::vector<Field<Shown>>& more) {
  fields.insert(fields.end(), more.begin(), more.end());
}

}  // namespace amphi::cmd
