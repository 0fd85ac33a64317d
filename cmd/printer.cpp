#include "printer.hpp"

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

JsonList::JsonList(Context& context, const Document& document)
    : context_(context), lines_(context.format() == DataFormat::kJsonLines) {
  if (!lines_) context_.out().write(fmt::format("{{\"schema\":\"{}\",\"{}\":[", document.schema, document.lines));
}

void JsonList::add(const Json& item) {
  if (!lines_) context_.out().write(first_ ? "\n" : ",\n");
  first_ = false;
  context_.out().write(dump(item));
  if (lines_) context_.out().write("\n");
}

void JsonList::finish() {
  if (!lines_) context_.out().write("]}\n");
}

void print_document(Context& context, const Document& document,
                    const std::vector<std::pair<std::string, Json>>& parts) {
  auto& out = context.out();
  if (context.format() == DataFormat::kJsonLines && !document.lines.empty()) {
    for (const auto& [name, value] : parts) {
      if (name != document.lines) continue;
      for (const auto& item : value) out.line(dump(item));
    }
    return;
  }
  out.write(fmt::format("{{\"schema\":\"{}\"", document.schema));
  for (const auto& [name, value] : parts) out.write(fmt::format(",\"{}\":{}", name, dump(value)));
  out.line("}");
}

}  // namespace amphi::cmd
