// A table that streams: widths come from its first rows; the rest follows in the same columns.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "output.hpp"
#include "terminal.hpp"
#include "view.hpp"

namespace amphi::cmd {

struct TableColumn {
  std::string title;
  Align align = Align::kLeft;
  Fit fit = Fit::kWhole;
};

class Table {
 public:
  Table(Output& out, const Appearance& appearance, std::vector<TableColumn> columns);
  void add(std::vector<Cell> row);
  void finish();  // prints what is still held; nothing at all, not even the header, where there was no row
  std::size_t rows() const { return rows_; }

 private:
  void settle_widths();
  void drop_empty();
  void drop_for(int width);
  void shrink_to(int width);
  int total_width(const std::vector<int>& widths) const;
  void print(const std::vector<Cell>& row);
  void print_header();

  Output& out_;
  Appearance appearance_;
  std::vector<TableColumn> columns_;
  std::vector<int> widths_;
  std::vector<std::size_t> shown_;  // indexes of the columns that are not dropped
  std::vector<std::vector<Cell>> held_;
  std::size_t rows_ = 0;
  bool settled_ = false;
};

// `name: value` lines, for a single thing.
void print_facts(Output& out, const Appearance& appearance, const std::vector<std::pair<std::string, Cell>>& facts);

// The cell with its styles, control characters escaped, cut to `width` columns (0: not cut).
std::string render(const Cell& cell, const Appearance& appearance, int width = 0);
int width_of(const Cell& cell);

}  // namespace amphi::cmd
