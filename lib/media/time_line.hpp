// The one clock of a title: from each cell's NAV packs, its place in time and what its packets' stamps are moved by.
#pragma once

#include <cstdint>
#include <vector>

#include "reader/title_layout.hpp"

namespace amphi {

// Keeps every rewritten time stamp positive: audio begins some milliseconds before the first picture.
inline constexpr std::int64_t kLead = 90000;

struct CellTime {
  std::int64_t start = 0, length = 0;  // 90 kHz, from the title's first picture
  std::int64_t offset = 0;             // to be added to the disc's own stamps; kLead included
};

struct TimeLine {
  std::vector<CellTime> cells;
  std::int64_t length() const { return cells.empty() ? 0 : cells.back().start + cells.back().length; }
};

// `sectors` are the title's own. Where a cell's first or last NAV pack is unreadable, the IFO's duration stands in.
TimeLine make_time_line(const std::vector<Cell>& cells, SectorReader& sectors);

}  // namespace amphi
