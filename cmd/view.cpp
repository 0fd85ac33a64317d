#include "view.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi::cmd {

std::string Cell::text() const {
  std::string out;
  for (const auto& piece : pieces) out += piece.text;
  return out;
}

Cell cell_of(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return {value.get<std::string>()};
  if (value.is_boolean()) return {value.get<bool>() ? "yes" : "no"};
  return {dump(value)};
}

Json or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json finite(double number) {
  return std::isfinite(number) ? Json(number) : Json();
}

std::vector<std::string> column_names(const ViewInfo& view) {
  std::vector<std::string> out;
  for (const auto& field : view.fields) {
    if (field.column != Column::kNone) out.emplace_back(field.name);
  }
  return out;
}

std::vector<std::size_t> chosen_columns(const ViewInfo& view, const std::vector<std::string>& names) {
  std::vector<std::size_t> out;
  if (names.empty()) {
    for (std::size_t i = 0; i < view.fields.size(); ++i) {
      if (view.fields[i].column == Column::kShown) out.push_back(i);
    }
    return out;
  }
  for (const auto& name : names) {
    const auto found = std::find_if(view.fields.begin(), view.fields.end(), [&](const FieldInfo& field) {
      return field.name == name && field.column != Column::kNone;
    });
    if (found == view.fields.end()) {
      const auto known = column_names(view);
      const auto near = nearest(name, known);
      throw Error(ErrorKind::kUsage, fmt::format("there is no column '{}'", name),
                  near.empty() ? "one of: " + join(known, ", ") : fmt::format("did you mean {}?", near));
    }
    out.push_back(static_cast<std::size_t>(found - view.fields.begin()));
  }
  return out;
}

}  // namespace amphi::cmd
