// A view: what is shown of a value, each field described once. From it come the table's column, the JSON field, the
// JSON Schema (`amphi schema`) and the completion of --columns.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json_text.hpp"
#include "terminal.hpp"

namespace amphi::cmd {

// A cell of a table: pieces of text, each with its style.
struct Piece {
  std::string text;
  Style style = Style::kPlain;
};
struct Cell {
  std::vector<Piece> pieces;
  Cell() = default;
  Cell(std::string text, Style style = Style::kPlain) {
    pieces.push_back({std::move(text), style});
  }  // NOLINT: a text is a cell
  std::string text() const;
};

enum class Column {
  kNone,   // no column
  kAsked,  // with --columns
  kShown,  // by default
};
enum class Align { kLeft, kRight };
// What gives way where the terminal is narrow.
enum class Fit {
  kWhole,
  kFlexible,   // is cut
  kDroppable,  // is left out, where cutting others is not enough
};

struct ViewInfo;

// `type`: string integer number boolean time, any, "a|b" for one of these words, "object", with "?" where it may be
// null and
// "[]" for an array of them. An object's own fields are those of `nested`.
struct FieldInfo {
  std::string_view name;
  std::string_view type;  // "": a column only, no JSON field
  std::string_view help;
  std::string_view title = {};  // of the column
  Column column = Column::kNone;
  Align align = Align::kLeft;
  Fit fit = Fit::kWhole;
  const ViewInfo& (*nested)() = nullptr;
};

template <class T>
struct Field {
  FieldInfo info;
  Json (*json)(const T&) = nullptr;
  Cell (*cell)(const T&, const Appearance&) = nullptr;  // left out: the JSON value as text
};

// The part of a view that does not know its type.
struct ViewInfo {
  std::string_view name;  // "disc"; names its definition in the schemas
  std::string_view help;
  std::vector<FieldInfo> fields;
};

template <class T>
class View {
 public:
  View(std::string_view name, std::string_view help, std::vector<Field<T>> fields) : fields_(std::move(fields)) {
    info_.name = name;
    info_.help = help;
    for (const auto& field : fields_) info_.fields.push_back(field.info);
  }
  const ViewInfo& info() const { return info_; }
  const std::vector<Field<T>>& fields() const { return fields_; }

 private:
  ViewInfo info_;
  std::vector<Field<T>> fields_;
};

Cell cell_of(const Json& value);  // null and "" are "", booleans yes and no

template <class T>
Json json_of(const View<T>& view, const T& value) {
  Json out = Json::object();
  auto& object = out.get_ref<Json::object_t&>();
  object.reserve(view.fields().size());  // growing copies the names
  for (const auto& field : view.fields()) {
    // Names are unique by construction: appending saves the search that operator[] does.
    if (field.json != nullptr) object.emplace_back(std::string(field.info.name), field.json(value));
  }
  return out;
}

template <class T, class Range>
Json json_array_of(const View<T>& view, const Range& values) {
  Json out = Json::array();
  out.get_ref<Json::array_t&>().reserve(std::size(values));
  for (const auto& value : values) out.push_back(json_of(view, value));
  return out;
}

// JSON of the texts and numbers that may be absent.
Json or_null(const std::string& text);  // "" is null
Json finite(double number);             // NaN and infinities are null
template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

// The columns that --columns names, or the default ones; throws kUsage with a did-you-mean.
std::vector<std::size_t> chosen_columns(const ViewInfo& view, const std::vector<std::string>& names);
std::vector<std::string> column_names(const ViewInfo& view);

// A document that a verb prints: its schema's name and its parts beside "schema".
struct DocumentPart {
  std::string_view name, type, help;
  const ViewInfo& (*nested)() = nullptr;
};
struct Document {
  enum class Frame {
    kWhole,       // one document with its "schema"
    kLines,       // JSON Lines; `parts` are the fields of each line
    kMixedLines,  // JSON Lines of several forms; `parts` are the fields of any of them
  };
  std::string_view schema;  // "amphi.disc.show/1"
  std::string_view summary;
  std::vector<DocumentPart> parts;
  std::string_view lines = {};  // the part whose items --jsonl prints; "": the document on one line
  Frame frame = Frame::kWhole;
};

// JSON Schema, draft 2020-12.
Json schema_of(const Document& document);

}  // namespace amphi::cmd
