#include "table.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace amphi::cmd {

namespace {

constexpr std::size_t kRowsForWidths = 256;
constexpr int kGap = 2;
constexpr int kNarrowest = 8;  // a flexible column is never cut below this

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

}  // namespace

int width_of(const Cell& cell) {
  int width = 0;
  for (const auto& piece : cell.pieces) width += terminal_width(escape_controls(piece.text));
  return width;
}

std::string render(const Cell& cell, const Appearance& appearance, int width) {
  std::string out;
  int left = width;
  for (const auto& piece : cell.pieces) {
    auto text = escape_controls(piece.text);
    if (width > 0) {
      if (left <= 0) break;
      text = fit_to_width(text, left);
      left -= terminal_width(text);
    }
    out += styled(text, piece.style, appearance);
  }
  return out;
}

Table::Table(Output& out, const Appearance& appearance, std::vector<TableColumn> columns)
    : out_(out), appearance_(appearance), columns_(std::move(columns)) {}

void Table::add(std::vector<Cell> row) {
  ++rows_;
  if (settled_) return print(row);
  held_.push_back(std::move(row));
  if (held_.size() >= kRowsForWidths) settle_widths();
}

void Table::finish() {
  if (!settled_ && !held_.empty()) settle_widths();
}

void Table::settle_widths() {
  widths_.assign(columns_.size(), 0);
  shown_.clear();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    shown_.push_back(i);
    widths_[i] = terminal_width(columns_[i].title);
    for (const auto& row : held_) widths_[i] = std::max(widths_[i], width_of(row[i]));
  }
  if (appearance_.width > 0) {
    drop_empty();
    drop_for(appearance_.width);
    shrink_to(appearance_.width);
  }
  settled_ = true;
  print_header();
  for (const auto& row : held_) print(row);
  held_.clear();
}

int Table::total_width(const std::vector<int>& widths) const {
  int total = kGap * (static_cast<int>(shown_.size()) - 1);
  for (const auto i : shown_) total += widths[i];
  return total;
}

// A CD has no pixels: of what could be left out goes what no row has anything for, where all rows are known.
void Table::drop_empty() {
  if (held_.size() >= kRowsForWidths) return;
  std::erase_if(shown_, [&](std::size_t i) {
    return columns_[i].fit == Fit::kDroppable &&
           std::all_of(held_.begin(), held_.end(), [&](const auto& row) { return width_of(row[i]) == 0; });
  });
}

// Leaves columns out until the row could fit with the flexible ones at their narrowest.
void Table::drop_for(int width) {
  auto narrow = widths_;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].fit == Fit::kFlexible) narrow[i] = std::min(narrow[i], kNarrowest);
  }
  while (total_width(narrow) > width) {
    const auto droppable =
        std::find_if(shown_.begin(), shown_.end(), [&](std::size_t i) { return columns_[i].fit == Fit::kDroppable; });
    if (droppable == shown_.end()) return;
    shown_.erase(droppable);
  }
}

// Takes columns away from the widest flexible column until the row fits.
void Table::shrink_to(int width) {
  for (int over = total_width(widths_) - width; over > 0; --over) {
    int widest = -1;
    for (const auto i : shown_) {
      if (columns_[i].fit != Fit::kFlexible || widths_[i] <= kNarrowest) continue;
      if (widest < 0 || widths_[i] > widths_[static_cast<std::size_t>(widest)]) widest = static_cast<int>(i);
    }
    if (widest < 0) return;
    --widths_[static_cast<std::size_t>(widest)];
  }
}

void Table::print_header() {
  std::vector<Cell> titles;
  for (const auto& column : columns_) titles.emplace_back(column.title, Style::kDim);
  print(titles);
}

void Table::print(const std::vector<Cell>& row) {
  std::string line;
  int owed = 0;  // spaces to write before the next text, so that no line ends with blanks
  for (const auto i : shown_) {
    const bool cut = appearance_.width > 0 && columns_[i].fit == Fit::kFlexible;
    const auto text = render(row[i], appearance_, cut ? widths_[i] : 0);
    const int width = cut ? std::min(width_of(row[i]), widths_[i]) : width_of(row[i]);
    const int padding = std::max(widths_[i] - width, 0);
    const bool right = columns_[i].align == Align::kRight;
    if (width > 0) {
      line += spaces(owed + (right ? padding : 0)) + text;
      owed = right ? 0 : padding;
    } else {
      owed += widths_[i];
    }
    owed += kGap;
  }
  out_.line(line);
}

void print_facts(Output& out, const Appearance& appearance, const std::vector<std::pair<std::string, Cell>>& facts) {
  int width = 0;
  for (const auto& [name, cell] : facts) width = std::max(width, terminal_width(name));
  for (const auto& [name, cell] : facts) {
    if (width_of(cell) == 0) continue;
    out.write(styled(name, Style::kDim, appearance) + spaces(width - terminal_width(name) + kGap));
    out.line(render(cell, appearance));
  }
}

}  // namespace amphi::cmd
