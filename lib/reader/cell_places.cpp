#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "reader/fault.hpp"
#include "reader/title_layout.hpp"

namespace amphi {
namespace {

Nav read_nav(SectorReader& vobs, std::int64_t sector, int cell) {
  std::array<std::uint8_t, kSectorSize> bytes{};
  if (vobs.read(sector, bytes) == 1) {
    if (const auto nav = parse_nav(bytes)) return *nav;
  }
  throw WorkerFault(Cause::kMedium,
                    fmt::format("cell {} is interleaved with other angles, and the pack at sector {} that "
                                "leads on cannot be read",
                                cell, sector));
}

void append(std::vector<Extent>& extents, Extent extent) {
  if (!extents.empty() && extents.back().first + extents.back().count == extent.first) {
    extents.back().count += extent.count;
  } else {
    extents.push_back(extent);
  }
}

// Between the units of one angle lie those of the others: each VOBU says where the next of its own cell begins.
void follow_vobus(Cell& cell, SectorReader& vobs) {
  std::int64_t at = cell.first, title_at = cell.at;
  for (;;) {
    const auto nav = read_nav(vobs, at, cell.number);
    const std::int64_t count = nav.last_sector + 1;
    if (at + count - 1 > cell.last) break;
    append(cell.extents, {at, count});
    cell.last_vobu_at = title_at;
    title_at += count;
    if (!nav.next_vobu) return;
    if (*nav.next_vobu < count || at + *nav.next_vobu > cell.last) break;
    at += *nav.next_vobu;
  }
  throw WorkerFault(Cause::kMedium,
                    fmt::format("cell {}: the chain of its VOBUs leaves it at sector {}", cell.number, at));
}

}  // namespace

void place_cells(std::vector<Cell>& cells, SectorReader& vobs) {
  std::int64_t at = 0;
  for (auto& cell : cells) {
    cell.at = at;
    cell.extents.clear();
    if (cell.interleaved) {
      follow_vobus(cell, vobs);
    } else {
      cell.extents.push_back({cell.first, cell.last - cell.first + 1});
      cell.last_vobu_at = at + std::clamp(cell.last_vobu, cell.first, cell.last) - cell.first;
    }
    cell.sectors = 0;
    for (const auto& extent : cell.extents) cell.sectors += extent.count;
    at += cell.sectors;
  }
}

const Cell& cell_at(const std::vector<Cell>& cells, std::int64_t at) {
  const auto next = std::upper_bound(cells.begin(), cells.end(), at,
                                     [](std::int64_t sector, const Cell& cell) { return sector < cell.at; });
  return *std::prev(next);
}

Extent locate(const std::vector<Cell>& cells, std::int64_t at) {
  const auto& cell = cell_at(cells, at);
  std::int64_t rest = at - cell.at;
  for (const auto& extent : cell.extents) {
    if (rest < extent.count) return {extent.first + rest, extent.count - rest};
    rest -= extent.count;
  }
  return {};
}

}  // namespace amphi
