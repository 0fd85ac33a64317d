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

// The frame of a list as JSON: {"schema":...,"discs":[ ... ]}, an item a line.
class JsonList {
 public:
  JsonList(Context& context, const Document& document);
  void add(const Json& item);
  void finish();

 private:
  Context& context_;
  bool lines_;
  bool first_ = true;
};

// A whole document: {"schema":...} and the parts. With --jsonl on one line, or an item a line where it is a list.
void print_document(Context& context, const Document& document, const std::vector<std::pair<std::string, Json>>& parts);

// Calls `each` with a function that takes one item; prints it as the context asks. Gives the number of items.
template <class T>
std::size_t print_list(Context& context, const Document& document, const View<T>& view,
                       const std::vector<std::string>& columns,
                       const std::function<void(const std::function<void(const T&)>&)>& each) {
  const auto chosen = chosen_columns(view.info(), columns);
  std::size_t count = 0;
  if (context.json()) {
    JsonList list(context, document);
    each([&](const T& item) {
      ++count;
      list.add(json_of(view, item));
    });
    list.finish();
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
