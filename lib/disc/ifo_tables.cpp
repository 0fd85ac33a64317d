#include "disc/ifo_tables.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "amphi/sector.hpp"

namespace amphi {

namespace {

constexpr std::int64_t kLargestIfo = 16 << 20;  // real ones stay far below 1 MB
constexpr std::int64_t kHead = 8;               // of most tables: a count, then the number of the last byte
constexpr std::int64_t kMostChains = 10'000, kMostTimes = 1'000'000, kMostLanguages = 100, kMostTimeMaps = 1'000;

// Where a table's first sector stands in an IFO's first sector.
enum Pointer : std::int64_t {
  kTitles = 0xc4,
  kChapters = 0xc8,
  kChains = 0xcc,
  kMenuChains = 0xd0,
  kTimeMaps = 0xd4,
  kMenuCells = 0xd8,
  kMenuUnits = 0xdc,
  kCells = 0xe0,
  kUnits = 0xe4,
};

// 0: there is no such table.
std::int64_t place_of(const IfoBytes& ifo, Pointer pointer) {
  return ifo.be32(pointer) * kSectorBytes;
}

// Of a table that says of itself where it ends: not before the end of its own head, from where libdvdread would count
// down past zero, and not beyond the file. Some discs say nothing, which libdvdread knows how to take where the table
// has to be there.
enum class Silence { kAllowed, kRefused };
bool ends_well(const IfoBytes& ifo, Pointer pointer, Silence silence, std::int64_t last_byte_at = 4) {
  const auto at = place_of(ifo, pointer);
  if (at == 0) return true;
  const auto last = ifo.be32(at + last_byte_at);
  if (last == 0) return silence == Silence::kAllowed && ifo.holds(at, kHead);
  return last + 1 >= last_byte_at + 4 && ifo.holds(at, kHead) && at + last < ifo.size();
}

// A chapter's place is counted from the table's beginning, its head included: a smaller one lies before it.
bool chapters_begin_after_head(const IfoBytes& ifo) {
  const auto at = place_of(ifo, kChapters);
  for (std::int64_t i = 0; at > 0 && i < ifo.be16(at); ++i) {
    const auto start = ifo.be32(at + kHead + i * 4);
    if (start >= 0 && start < kHead) return false;
  }
  return true;
}

// Whether libdvdread can read all of the program chain at `at`: itself, its commands, programs, cells and their places.
bool is_readable_chain(const IfoBytes& ifo, std::int64_t at) {
  constexpr std::int64_t kChain = 236, kProgramsAt = 2, kCellsAt = 3, kCommands = 228, kProgramMap = 230,
                         kPlayback = 232, kPosition = 234;
  constexpr std::int64_t kPlaybackBytes = 24, kPositionBytes = 4, kCommandBytes = 8;
  if (!ifo.holds(at, kChain)) return false;
  const auto programs = ifo.be16(at + kProgramsAt) >> 8, cells = ifo.be16(at + kCellsAt) >> 8;
  const auto holds = [&](std::int64_t pointer, std::int64_t bytes) {
    const auto offset = ifo.be16(at + pointer);
    return offset == 0 || bytes == 0 || ifo.holds(at + offset, bytes);
  };
  if (!holds(kProgramMap, programs) || !holds(kPlayback, cells * kPlaybackBytes)) return false;
  if (!holds(kPosition, cells * kPositionBytes) || !holds(kCommands, kHead)) return false;
  const auto commands = at + ifo.be16(at + kCommands);
  const auto count = ifo.be16(commands) + ifo.be16(commands + 2) + ifo.be16(commands + 4);
  return holds(kCommands, kHead + count * kCommandBytes);
}

// Chains that stand in the table more than once are read once and then shared, whether they could be read or not.
// Answers how many there are, nullopt where the table must not be read.
std::optional<std::int64_t> count_chains(const IfoBytes& ifo, std::int64_t at) {
  if (!ifo.holds(at, kHead)) return std::nullopt;
  const auto count = ifo.be16(at);
  if (count > kMostChains || !ifo.holds(at + kHead, count * kHead)) return std::nullopt;
  std::map<std::int64_t, bool> seen;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto start = ifo.be32(at + kHead + i * kHead + 4);
    const auto [known, is_new] = seen.try_emplace(start, false);
    if (is_new) known->second = is_readable_chain(ifo, at + start);
    if (!is_new && !known->second) return std::nullopt;
  }
  return count;
}

// One table of chains for each language of the menus.
bool menu_chains_are_sound(const IfoBytes& ifo) {
  const auto at = place_of(ifo, kMenuChains);
  if (at == 0) return true;
  const auto languages = ifo.be16(at);
  if (languages > kMostLanguages || !ifo.holds(at + kHead, languages * kHead)) return false;
  std::int64_t chains = 0;
  for (std::int64_t i = 0; i < languages; ++i) {
    const auto count = count_chains(ifo, at + ifo.be32(at + kHead + i * kHead + 4));
    if (!count || (chains += *count) > kMostChains) return false;
  }
  return true;
}

// Maps may overlap, so that few bytes could stand for many.
bool time_maps_are_sound(const IfoBytes& ifo) {
  const auto at = place_of(ifo, kTimeMaps);
  if (at == 0) return true;
  const auto maps = ifo.be16(at);
  if (maps > kMostTimeMaps || !ifo.holds(at + kHead, maps * 4)) return false;
  std::int64_t times = 0;
  for (std::int64_t i = 0; i < maps; ++i) {
    const auto map = at + ifo.be32(at + kHead + i * 4);
    if (!ifo.holds(map, 4) || (times += ifo.be16(map + 2)) > kMostTimes) return false;
  }
  return true;
}

}  // namespace

IfoBytes::IfoBytes(dvd_file_t* file) {
  const auto size = DVDFileSize(file) * kSectorBytes;
  if (size <= 0 || size > kLargestIfo || DVDFileSeek(file, 0) != 0) return;
  bytes_.resize(static_cast<std::size_t>(size));
  if (DVDReadBytes(file, bytes_.data(), bytes_.size()) != size) bytes_.clear();
}

std::int64_t IfoBytes::be16(std::int64_t at) const {
  if (!holds(at, 2)) return -1;
  const auto* byte = bytes_.data() + at;
  return std::int64_t{byte[0]} << 8 | byte[1];
}

std::int64_t IfoBytes::be32(std::int64_t at) const {
  return holds(at, 4) ? be16(at) << 16 | be16(at + 2) : -1;
}

bool IfoBytes::begins_with(std::string_view text) const {
  return holds(0, static_cast<std::int64_t>(text.size())) && std::equal(text.begin(), text.end(), bytes_.begin());
}

bool is_title_set_ifo(const IfoBytes& ifo) {
  return ifo.begins_with("DVDVIDEO-VTS");
}

bool titles_are_sound(const IfoBytes& ifo) {
  return ends_well(ifo, kTitles, Silence::kAllowed);
}

bool chapters_and_chains_are_sound(const IfoBytes& ifo) {
  const auto chains = place_of(ifo, kChains);
  return ends_well(ifo, kChapters, Silence::kAllowed) && ends_well(ifo, kChains, Silence::kAllowed) &&
         chapters_begin_after_head(ifo) && (chains == 0 || count_chains(ifo, chains));
}

bool other_tables_are_sound(const IfoBytes& ifo) {
  for (const auto pointer : {kMenuChains, kTimeMaps, kMenuCells, kCells})
    if (!ends_well(ifo, pointer, Silence::kRefused)) return false;
  for (const auto pointer : {kMenuUnits, kUnits})
    if (!ends_well(ifo, pointer, Silence::kRefused, 0)) return false;
  return menu_chains_are_sound(ifo) && time_maps_are_sound(ifo);
}

}  // namespace amphi
