// Prints values through their views: a table, one JSON document, or JSON Lines. Lists stream: nothing is held but the
// rows that the widths need.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "context.hpp"
#include "table.hpp"
#include "view.hpp"

namespace amphi::cmd {

// The columns as --columns asked for them.
std::vector<TableColumn> table_columns(const ViewInfo& view, const std::vector<std::size_t>& chosen);

// A document as JSON, {"schema":...,"disc":{...},"tracks":[...]}, written part by part so that a long list is never
// held. With --jsonl a document that is a list prints the items of that list only, one a line.
class JsonDocument {
 public:
  JsonDocument(Context& context, const Document& document);
  void add(std::string_view name, const Json& value);
  void begin_list(std::string_view name);
  void add_item(const Json& item);
  void end_list();
  template <class T, class Range>
  void add_list(std::string_view name, const View<T>& view, const Range& values) {
    begin_list(name);
    for (const auto& value : values) add_item(json_of(view, value));
    end_list();
  }
  void finish();

 private:
  bool is_told(std::string_view name) const { return !items_only_ || name == document_.lines; }

  Context& context_;
  const Document& document_;
  bool items_only_;
  bool in_told_list_ = false, first_item_ = true;
  std::string text_;  // of one item; its room is used again
};

// A document whose parts are at hand.
void print_document(Context& context, const Document& document, const std::vector<std::pair<std::string, Json>>& parts);

// Calls `each` with a function that takes one item; prints it as the context asks. Gives the number of items.
template <class T>
std::size_t print_list(Context& context, const Document& document, const View<T>& view,
                       const std::vector<std::string>& columns,
                       const std::function<void(const std::function<void(const T&)>&)>& each) {
  const auto chosen = chosen_columns(view.info(), columns);
  std::size_t count = 0;
  if (context.json()) {
    JsonDocument json(context, document);
    json.begin_list(document.lines);
    each([&](const T& item) {
      ++count;
      json.add_item(json_of(view, item));
    });
    json.end_list();
    json.finish();
    return count;
  }
  Table table(context.out(), context.appearance(), table_columns(view.info(), chosen));
  each([&](const T& item) {
    std::vector<Cell> row;
    for (const auto index : chosen) {
      const auto& field = view.fields()[index];
      row.push_back(field.cell != nullptr ? field.cell(item, context.appearance()) : cell_of(field.json(item)));
    }
    ++count;
    table.add(std::move(row));
  });
  table.finish();
  return count;
}

template <class T, class Range>
std::size_t print_range(Context& context, const Document& document, const View<T>& view,
                        const std::vector<std::string>& columns, const Range& items) {
  return print_list<T>(context, document, view, columns, [&](const auto& take) {
    for (const auto& item : items) take(item);
  });
}

}  // namespace amphi::cmd
