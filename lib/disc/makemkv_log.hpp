// What `makemkvcon -r info` prints, as attributes by title and stream; parse_makemkv_log (amphi/reader.hpp) makes a
// disc of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "amphi/track.hpp"
#include "disc/identifiers.hpp"
#include "model/makemkv_line.hpp"

namespace amphi {

struct MakemkvValue {
  std::int64_t code = 0;
  std::string text;
};

class MakemkvAttributes {
 public:
  void set(std::int64_t attribute, MakemkvValue value);       // the last one counts
  const std::string& text(MakemkvAttribute attribute) const;  // "" where there is none
  std::int64_t code(MakemkvAttribute attribute) const;        // 0 where there is none
  std::int64_t number(MakemkvAttribute attribute) const;      // of the text; 0 where it is none
  bool has(MakemkvAttribute attribute) const { return find(attribute) != nullptr; }

 private:
  const MakemkvValue* find(MakemkvAttribute attribute) const;

  std::vector<std::pair<std::int64_t, MakemkvValue>> values_;  // a dozen or two: going through them is quickest
};

struct MakemkvTitle {
  MakemkvAttributes attributes;
  std::map<std::int64_t, MakemkvAttributes> streams;
};

struct MakemkvLog {
  MakemkvAttributes disc;
  std::map<std::int64_t, MakemkvTitle> titles;
  std::optional<std::int64_t> title_count;      // TCOUNT
  std::map<std::int64_t, std::int64_t> angles;  // of titles that are one angle of a playlist: which, from 1
  std::map<std::int64_t, NamedSize> files;      // HSH lines, by their index
  std::int64_t drive_flags = 0;                 // DRV of the drive that holds the disc
  std::vector<std::string> errors;              // texts of messages that are errors, and of known failures
  bool key_expired = false;
  bool ends_in_a_line = false;  // no newline at the end: the last line was not counted
  char last_kind = 0;           // what the last line was: 'T', 'S', 'H', or another
};

MakemkvLog gather_makemkv_log(std::string_view text);

// True when one of the first lines is one that makemkvcon prints.
bool looks_like_makemkv_log(std::string_view beginning);

// Audio and subtitle streams of a title, in the order of the rip; the video's picture is set on the track.
void set_makemkv_streams(ScannedTrack& track, const MakemkvTitle& title);

}  // namespace amphi
