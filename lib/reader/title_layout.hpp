// What the IFOs say of one title, as a plain value: cells and where their sectors lie, chapters, and the streams that
// its program chain declares, in its order and under their physical numbers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reader/audio_header.hpp"
#include "reader/dvd_disc.hpp"
#include "reader/palette.hpp"

#include "amphi/track.hpp"

namespace amphi {

struct Extent {
  std::int64_t first = 0, count = 0;  // sectors of the title set's VOBs
  bool operator==(const Extent&) const = default;
};

struct Cell {
  int number = 0;                    // 1-based in the program chain
  std::int64_t first = 0, last = 0;  // sectors of the title set's VOBs, inclusive
  std::int64_t last_vobu = 0;        // where the last VOBU begins
  bool interleaved = false;          // other angles' units lie between its own
  double declared_seconds = 0;
  std::vector<Extent> extents;       // what is read, in order
  std::int64_t at = 0, sectors = 0;  // in the title
  std::int64_t last_vobu_at = 0;     // in the title
};

enum class Standard { kPal, kNtsc };
enum class Aspect { k4x3, k16x9 };

struct DeclaredVideo {
  Standard standard = Standard::kPal;
  Aspect aspect = Aspect::k4x3;
  int width = 720, height = 576;
};
struct DeclaredAudio {
  int stream_id = 0;
  DvdAudioCodec codec = DvdAudioCodec::kAc3;
  std::string language;  // ISO 639-2/B
  AudioFormat format;    // as declared, not as it is
  StreamFlags flags;
};
struct DeclaredSubtitle {
  int stream_id = 0;
  std::string language;
  StreamFlags flags;
};

struct TitleLayout {
  int title_set = 0;
  std::vector<Cell> cells;
  std::vector<std::size_t> chapters;  // each the index of its first cell, ascending
  DeclaredVideo video;
  std::vector<DeclaredAudio> audio;
  std::vector<DeclaredSubtitle> subtitles;
  Palette palette{};
  std::int64_t sectors() const { return cells.empty() ? 0 : cells.back().at + cells.back().sectors; }
};

// Throws WorkerFault: "source" (no such title), "medium" (IFOs that contradict themselves, a source shorter than they
// say).
TitleLayout load_title(const DvdDisc& disc, int title);

// Seconds of a DVD time: whole seconds and frames; NTSC counts 30 non-drop frames of 1001/30000 s.
double seconds_of(const dvd_time_t& time);

// From the sectors to the places: fills extents, at, sectors, last_vobu_at. An interleaved cell is followed VOBU by
// VOBU.
void place_cells(std::vector<Cell>& cells, SectorReader& vobs);

// The piece of the VOBs that holds sector `at` of the title, from there to the end of the extent.
Extent locate(const std::vector<Cell>& cells, std::int64_t at);
// The cell that holds sector `at` of the title.
const Cell& cell_at(const std::vector<Cell>& cells, std::int64_t at);

}  // namespace amphi
