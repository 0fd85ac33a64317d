#include "printer.hpp"

#include <utility>

#include <fmt/format.h>

namespace amphi::cmd {

std::vector<TableColumn> table_columns(const ViewInfo& view, const std::vector<std::size_t>& chosen) {
  std::vector<TableColumn> out;
  for (const auto index : chosen) {
    const auto& field = view.fields[index];
    out.push_back({std::string(field.title), field.align, field.fit});
  }
  return out;
}

JsonDocument::JsonDocument(Context& context, const Document& document)
    : context_(context),
      document_(document),
      items_only_(context.format() == DataFormat::kJsonLines && !document.lines.empty()) {
  if (!items_only_) context_.out().write(fmt::format("{{\"schema\":\"{}\"", document.schema));
}

void JsonDocument::add(std::string_view name, const Json& value) {
  if (!is_told(name)) return;
  if (!items_only_) return context_.out().write(fmt::format(",\"{}\":{}", name, dump(value)));
  for (const auto& item : value) context_.out().line(dump(item));
}

void JsonDocument::begin_list(std::string_view name) {
  in_told_list_ = is_told(name);
  first_item_ = true;
  if (!items_only_) context_.out().write(fmt::format(",\"{}\":[", name));
}

void JsonDocument::add_item(const Json& item) {
  if (!in_told_list_) return;
  text_.clear();
  if (!items_only_) text_ = std::exchange(first_item_, false) ? "\n" : ",\n";
  append_json(text_, item);
  if (items_only_) text_ += '\n';
  context_.out().write(text_);
}

void JsonDocument::end_list() {
  if (!items_only_) context_.out().write("]");
}

void JsonDocument::finish() {
  if (!items_only_) context_.out().line("}");
}

void print_document(Context& context, const Document& document,
                    const std::vector<std::pair<std::string, Json>>& parts) {
  JsonDocument json(context, document);
  for (const auto& [name, value] : parts) json.add(name, value);
  json.finish();
}

}  // namespace amphi::cmd
