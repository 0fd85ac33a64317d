#include "reader/title_layout.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "reader/declared_streams.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

[[noreturn]] void throw_damaged(const std::string& what) {
  throw WorkerFault(Cause::kMedium, "the disc's IFO is damaged: " + what);
}

// Where the title begins: its title set, and the program chain of its first chapter.
struct Entry {
  title_info_t info{};
  const ttu_t* chapters = nullptr;
  const pgc_t* chain = nullptr;
  int chain_number = 0;
};

title_info_t find_title(const ifo_handle_t& manager, int title) {
  if (manager.tt_srpt == nullptr || manager.tt_srpt->title == nullptr) throw_damaged("no table of titles");
  const int count = manager.tt_srpt->nr_of_srpts;
  if (title < 1 || title > count) {
    throw WorkerFault(Cause::kSource, fmt::format("there is no title {}; the disc has {}", title, count));
  }
  return manager.tt_srpt->title[title - 1];
}

Entry find_entry(const ifo_handle_t& set, const title_info_t& info) {
  Entry entry{info};
  const auto* parts = set.vts_ptt_srpt;
  if (parts == nullptr || info.vts_ttn < 1 || info.vts_ttn > parts->nr_of_srpts)
    throw_damaged("a title without chapters");
  entry.chapters = &parts->title[info.vts_ttn - 1];
  if (entry.chapters->nr_of_ptts < 1 || entry.chapters->ptt == nullptr) throw_damaged("a title without chapters");
  entry.chain_number = entry.chapters->ptt[0].pgcn;
  const auto* chains = set.vts_pgcit;
  if (chains == nullptr || entry.chain_number < 1 || entry.chain_number > chains->nr_of_pgci_srp) {
    throw_damaged("a title without a program chain");
  }
  entry.chain = chains->pgci_srp[entry.chain_number - 1].pgc;
  if (entry.chain == nullptr || entry.chain->cell_playback == nullptr || entry.chain->nr_of_cells == 0) {
    throw_damaged("a program chain without cells");
  }
  return entry;
}

// Of an angle block only the first angle.
bool is_other_angle(const cell_playback_t& cell) {
  return cell.block_type == BLOCK_TYPE_ANGLE_BLOCK && cell.block_mode != BLOCK_MODE_FIRST_CELL;
}

std::vector<Cell> cells_of(const pgc_t& chain) {
  std::vector<Cell> cells;
  for (int i = 0; i < chain.nr_of_cells; ++i) {
    const auto& playback = chain.cell_playback[i];
    if (is_other_angle(playback)) continue;
    if (playback.last_sector < playback.first_sector)
      throw_damaged(fmt::format("cell {} ends before it begins", i + 1));
    Cell cell;
    cell.number = i + 1;
    cell.first = playback.first_sector;
    cell.last = playback.last_sector;
    cell.last_vobu = playback.last_vobu_start_sector;
    cell.interleaved = playback.interleaved != 0;
    cell.declared_seconds = seconds_of(playback.playback_time);
    cells.push_back(std::move(cell));
  }
  if (cells.empty()) throw_damaged("a program chain without cells");
  return cells;
}

// Chapters are the title's parts; a part is a program, a program begins with a cell.
std::vector<std::size_t> chapters_of(const Entry& entry, const std::vector<Cell>& cells) {
  std::vector<std::size_t> chapters;
  const auto& chain = *entry.chain;
  for (int i = 0; i < entry.chapters->nr_of_ptts; ++i) {
    const auto& part = entry.chapters->ptt[i];
    if (part.pgcn != entry.chain_number || part.pgn < 1 || part.pgn > chain.nr_of_programs) continue;
    if (chain.program_map == nullptr) break;
    const int number = chain.program_map[part.pgn - 1];
    const auto cell = std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.number >= number; });
    if (cell == cells.end()) continue;
    chapters.push_back(static_cast<std::size_t>(cell - cells.begin()));
  }
  std::sort(chapters.begin(), chapters.end());
  chapters.erase(std::unique(chapters.begin(), chapters.end()), chapters.end());
  return chapters;
}

void check_size(const std::vector<Cell>& cells, const TitleVobs& vobs, const DvdDisc& disc, int title_set) {
  std::int64_t needed = 0;
  for (const auto& cell : cells) needed = std::max(needed, cell.last + 1);
  if (needed <= vobs.sectors()) return;
  throw WorkerFault(Cause::kMedium,
                    fmt::format("{} ends early: the title needs {} sectors of VTS_{:02}, there are {}", disc.source(),
                                needed, title_set, vobs.sectors()),
                    "the image or folder is incomplete; copy the disc again");
}

}  // namespace

double seconds_of(const dvd_time_t& time) {
  const auto bcd = [](unsigned value) { return static_cast<int>((value >> 4) * 10 + (value & 15U)); };
  const int whole = bcd(time.hour) * 3600 + bcd(time.minute) * 60 + bcd(time.second);
  const int frames = bcd(time.frame_u & 0x3fU);
  return time.frame_u >> 6 == 3 ? (whole * 30.0 + frames) * 1001 / 30000 : whole + frames / 25.0;
}

TitleLayout load_title(const DvdDisc& disc, int title) {
  const auto manager = disc.manager();
  const auto info = find_title(*manager, title);
  const auto set = disc.title_set(info.title_set_nr);
  if (set->vtsi_mat == nullptr) throw_damaged("a title set without attributes");
  const auto entry = find_entry(*set, info);
  auto vobs = disc.vobs(info.title_set_nr);

  TitleLayout layout;
  layout.title_set = info.title_set_nr;
  layout.cells = cells_of(*entry.chain);
  check_size(layout.cells, vobs, disc, layout.title_set);
  place_cells(layout.cells, vobs);
  layout.chapters = chapters_of(entry, layout.cells);
  layout.video = declared_video(*set->vtsi_mat);
  layout.audio = declared_audio(*set->vtsi_mat, *entry.chain);
  layout.subtitles = declared_subtitles(*set->vtsi_mat, *entry.chain, layout.video.aspect);
  // One by one: a packed structure's array cannot be referred to.
  for (std::size_t i = 0; i < layout.palette.size(); ++i) layout.palette[i] = entry.chain->palette[i];
  return layout;
}

}  // namespace amphi
