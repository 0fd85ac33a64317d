// Cue sheets (CDRWIN's format, appendix A of its manual): the tracks of a CD and the files that hold their sectors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/cd_toc.hpp"

namespace amphi {

struct CueFile {
  std::string name;            // as it stands in the sheet
  bool is_wave = false;        // RIFF, its samples are what counts; else raw sectors
  bool is_big_endian = false;  // samples, not as on the disc (MOTOROLA)
};

struct CueTrack {
  int number = 0;
  std::size_t file = 0;  // in CueSheet::files
  bool is_data = false;
  int sector_bytes = 2352;   // in the file
  std::int64_t begin = 0;    // sectors from the file's beginning to INDEX 00, else 01
  std::int64_t music = 0;    // to INDEX 01
  std::int64_t silence = 0;  // PREGAP: sectors before it that no file holds
  std::string title, performer;
};

struct CueSheet {
  std::vector<CueFile> files;
  std::vector<CueTrack> tracks;
  std::string title, performer;
};

// Throws kUsage naming the line.
CueSheet parse_cue_sheet(std::string_view text);

// `payload_bytes`: of each file, what its sectors take; a file that ends within a sector counts without that. Throws
// kUsage when the tracks do not fit.
CdToc make_toc(const CueSheet& sheet, const std::vector<std::int64_t>& payload_bytes);

// Sectors that follow each other on the disc and in a file, or that no file holds and are silence. All of them in order
// are the disc from sector 0 to the lead-out.
struct CueRun {
  std::int64_t sectors = 0;
  std::optional<std::size_t> file;  // in CueSheet::files; nullopt: silence
  std::int64_t begin = 0;           // bytes from where the file's payload begins
  int sector_bytes = 2352;
  bool operator==(const CueRun&) const = default;
};
std::vector<CueRun> runs_of(const CueSheet& sheet, const std::vector<std::int64_t>& payload_bytes);

}  // namespace amphi
