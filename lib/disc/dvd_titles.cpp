#include "disc/dvd_titles.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/sector.hpp"
#include "base/text.hpp"
#include "disc/dvd_ifo.hpp"
#include "disc/dvd_streams.hpp"

namespace amphi {

namespace {

constexpr int kMostTitles = 99;
constexpr const char* kDamagedHint = "the disc or image is damaged; try another copy, or makemkvcon";

// Why a title is left out; never leaves this file.
struct Senseless {
  std::string why;
};

struct TitleSet {
  IfoHandle ifo;
  std::int64_t sectors = 0;  // in the files
};

class TitleReader {
 public:
  TitleReader(const DvdReader& reader, const std::vector<VideoTsFile>& files) : reader_(reader), files_(files) {}

  ScannedTrack read(int number, const title_info_t& title);
  std::vector<std::string> take_warnings() { return std::move(warnings_); }

 private:
  TitleSet& title_set(int number);
  void check_extent(const ScannedTrack& track, const TitleSet& set);

  const DvdReader& reader_;
  const std::vector<VideoTsFile>& files_;
  std::map<int, TitleSet> sets_;
  std::vector<std::string> warnings_;
};

TitleSet& TitleReader::title_set(int number) {
  const auto known = sets_.find(number);
  if (known != sets_.end()) return known->second;
  TitleSet set{open_title_set_ifo(reader_.get(), number), title_set_sectors(files_, number)};
  return sets_.emplace(number, std::move(set)).first->second;
}

const ttu_t& find_parts(const ifo_handle_t& set, int number_in_set) {
  const auto* table = set.vts_ptt_srpt;
  if (table == nullptr || table->title == nullptr || number_in_set < 1 || number_in_set > table->nr_of_srpts) {
    throw Senseless{fmt::format("its title set has no title {}", number_in_set)};
  }
  const auto& parts = table->title[number_in_set - 1];
  if (parts.nr_of_ptts < 1 || parts.ptt == nullptr) throw Senseless{"it has no chapters"};
  return parts;
}

const pgc_t& find_chain(const ifo_handle_t& set, int number) {
  const auto* table = set.vts_pgcit;
  if (table == nullptr || table->pgci_srp == nullptr || number < 1 || number > table->nr_of_pgci_srp ||
      table->pgci_srp[number - 1].pgc == nullptr) {
    throw Senseless{fmt::format("its title set has no program chain {}", number)};
  }
  const auto& chain = *table->pgci_srp[number - 1].pgc;
  if (chain.nr_of_cells < 1 || chain.cell_playback == nullptr) throw Senseless{"its program chain plays no cells"};
  return chain;
}

bool is_other_angle(const cell_playback_t& cell) {
  return cell.block_type == BLOCK_TYPE_ANGLE_BLOCK && cell.block_mode != BLOCK_MODE_FIRST_CELL;
}

std::vector<Segment> read_cells(const pgc_t& chain, double rate) {
  std::vector<Segment> cells;
  for (int i = 0; i < chain.nr_of_cells; ++i) {
    const cell_playback_t cell = chain.cell_playback[i];
    if (is_other_angle(cell)) continue;
    if (cell.last_sector < cell.first_sector) throw Senseless{fmt::format("its cell {} ends before it begins", i + 1)};
    cells.push_back({i + 1, cell.first_sector, cell.last_sector, seconds(cell.playback_time, rate)});
  }
  if (cells.empty()) throw Senseless{"its program chain plays no cells of the first angle"};
  return cells;
}

// When the cell `number` (1-based in the program chain) begins; a later angle begins with its block.
double start_of_cell(const std::vector<Segment>& cells, int number) {
  double at = 0;
  for (const auto& cell : cells) {
    if (cell.number >= number) break;
    at += cell.duration_seconds;
  }
  return at;
}

struct Chapters {
  std::vector<double> starts;
  bool elsewhere = false;  // some lie in other program chains
};

Chapters read_chapters(const ttu_t& parts, const pgc_t& chain, const std::vector<Segment>& cells) {
  Chapters chapters;
  for (int i = 0; i < parts.nr_of_ptts; ++i) {
    const ptt_info_t part = parts.ptt[i];
    if (part.pgcn != parts.ptt[0].pgcn) {
      chapters.elsewhere = true;
      continue;
    }
    if (chain.program_map == nullptr || part.pgn < 1 || part.pgn > chain.nr_of_programs) {
      throw Senseless{fmt::format("its chapter {} names a program that is not there", i + 1)};
    }
    const int cell = chain.program_map[part.pgn - 1];
    if (cell < 1 || cell > chain.nr_of_cells) throw Senseless{fmt::format("its chapter {} names no cell", i + 1)};
    const double start = start_of_cell(cells, cell);
    if (chapters.starts.empty() || start > chapters.starts.back()) chapters.starts.push_back(start);
  }
  return chapters;
}

void set_picture(ScannedTrack& track, const video_attr_t& video) {
  track.video_codec = video_codec(video);
  track.resolution = resolution(video);
  track.aspect = aspect(video);
  track.frame_rate = frame_rate(video);
}

void set_extent(ScannedTrack& track, const pgc_t& chain) {
  double of_cells = 0;
  for (const auto& cell : track.segments) {
    of_cells += cell.duration_seconds;
    track.size_bytes += (cell.last - cell.first + 1) * kSectorBytes;
  }
  const double declared = seconds(chain.playback_time, track.frame_rate);
  track.duration_seconds = declared > 0 ? declared : of_cells;
  track.segment_map = segment_map(track.segments);
}

ScannedTrack TitleReader::read(int number, const title_info_t& title) {
  const int set_number = title.title_set_nr;
  if (set_number < 1 || set_number > 99) throw Senseless{fmt::format("there is no title set {}", set_number)};
  const auto& set = title_set(set_number);
  if (!set.ifo || set.ifo->vtsi_mat == nullptr) throw Senseless{fmt::format("title set {} cannot be read", set_number)};
  const auto& parts = find_parts(*set.ifo, title.vts_ttn);
  const auto& chain = find_chain(*set.ifo, parts.ptt[0].pgcn);
  ScannedTrack track;
  track.number = number;
  track.reference = fmt::format("dvd:{}", number);
  track.source_name = fmt::format("VTS_{:02}", set_number);
  set_picture(track, set.ifo->vtsi_mat->vts_video_attr);
  track.segments = read_cells(chain, track.frame_rate);
  set_extent(track, chain);
  auto chapters = read_chapters(parts, chain, track.segments);
  if (chapters.elsewhere) {
    warnings_.push_back(fmt::format("title {} goes on in other program chains; only its first is taken", number));
  }
  track.chapters = std::move(chapters.starts);
  track.chapter_count = static_cast<int>(track.chapters.size());
  track.audio = audio_streams(*set.ifo->vtsi_mat, chain);
  track.subtitles = subtitle_streams(*set.ifo->vtsi_mat, chain);
  check_extent(track, set);
  return track;
}

// A cell beyond the files is a file cut short, or a trap laid against copying.
void TitleReader::check_extent(const ScannedTrack& track, const TitleSet& set) {
  const auto first = std::min_element(track.segments.begin(), track.segments.end(),
                                      [](const Segment& a, const Segment& b) { return a.first < b.first; });
  if (first->first >= set.sectors) throw Senseless{"all of it lies beyond the end of its title set's files"};
  const auto last = std::max_element(track.segments.begin(), track.segments.end(),
                                     [](const Segment& a, const Segment& b) { return a.last < b.last; });
  if (last->last < set.sectors) return;
  warnings_.push_back(fmt::format("title {} ends at sector {}, but the files of {} end at {}: they are cut short",
                                  track.number, last->last + 1, track.source_name, set.sectors));
}

}  // namespace

DvdTitles read_titles(const DvdReader& reader, const std::vector<VideoTsFile>& files) {
  const auto manager = open_manager_ifo(reader.get());
  if (!manager)
    throw Error(ErrorKind::kUnavailable, "VIDEO_TS.IFO cannot be read: it is damaged or cut short", kDamagedHint);
  const auto& table = *manager->tt_srpt;
  TitleReader titles(reader, files);
  DvdTitles found;
  std::vector<std::string> left_out;
  for (int i = 0; i < std::min<int>(table.nr_of_srpts, kMostTitles); ++i) {
    try {
      found.tracks.push_back(titles.read(i + 1, table.title[i]));
    } catch (const Senseless& senseless) {
      left_out.push_back(fmt::format("title {} is left out: {}", i + 1, senseless.why));
    }
  }
  found.warnings = titles.take_warnings();
  found.warnings.insert(found.warnings.end(), left_out.begin(), left_out.end());
  if (found.tracks.empty()) {
    const auto why = left_out.empty() ? std::string("it declares none") : left_out.front();
    throw Error(ErrorKind::kUnavailable, "the disc has no title that can be played: " + why, kDamagedHint);
  }
  return found;
}

std::string segment_map(const std::vector<Segment>& segments) {
  std::vector<std::string> runs;
  for (std::size_t begin = 0, end = 0; begin < segments.size(); begin = end) {
    for (end = begin + 1; end < segments.size() && segments[end].number == segments[end - 1].number + 1;) ++end;
    const int from = segments[begin].number, to = segments[end - 1].number;
    runs.push_back(from == to ? std::to_string(from) : fmt::format("{}-{}", from, to));
  }
  return join(runs, ",");
}

}  // namespace amphi
