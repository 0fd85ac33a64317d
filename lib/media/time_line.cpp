#include "media/time_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace amphi {
namespace {

constexpr double kTicks = 90000;

std::optional<Nav> nav_at(SectorReader& sectors, std::int64_t at) {
  std::array<std::uint8_t, kSectorSize> bytes{};
  if (sectors.read(at, bytes) != 1) return std::nullopt;
  return parse_nav(bytes);
}

struct Span {
  std::int64_t start = 0, length = 0;  // on the disc's clock
};

Span span_of(const Cell& cell, SectorReader& sectors) {
  const auto first = nav_at(sectors, cell.at);
  const auto last = nav_at(sectors, cell.last_vobu_at);
  const auto declared = std::llround(cell.declared_seconds * kTicks);
  if (first && last && last->end > first->start) return {first->start, last->end - first->start};
  if (first) return {first->start, declared};
  if (last) return {last->end - declared, declared};
  return {0, declared};
}

}  // namespace

TimeLine make_time_line(const std::vector<Cell>& cells, SectorReader& sectors) {
  TimeLine line;
  std::int64_t at = 0;
  for (const auto& cell : cells) {
    const auto span = span_of(cell, sectors);
    line.cells.push_back({at, span.length, at - span.start + kLead});
    at += span.length;
  }
  return line;
}

}  // namespace amphi
