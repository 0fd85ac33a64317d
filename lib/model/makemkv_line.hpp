// One line of what `makemkvcon -r` prints: `CODE:field,field,...`. Grammar: fields are separated by commas; a field
// that starts with '"' goes to the next unescaped '"', with '"' and '\' inside escaped by a backslash; others are bare
// words and reach to the next comma. A byte order mark and a carriage return are taken off.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace amphi {

struct MakemkvLine {
  std::string code;  // "MSG", "DRV", "TCOUNT", "CINFO", "TINFO", "SINFO", "PRGC", "PRGT", "PRGV", "HSH" ...
  std::vector<std::string> fields;  // unescaped, in valid UTF-8

  // The field at `index` as a decimal number; nothing where it is not there or is none.
  std::optional<std::int64_t> number(std::size_t index) const;
  // The field at `index`, "" where it is not there.
  const std::string& text(std::size_t index) const;
  bool operator==(const MakemkvLine&) const = default;
};

// Nothing for a line that is not of this grammar: plain text, an unfinished quote (the log ended there), an empty line.
std::optional<MakemkvLine> parse_makemkv_line(std::string_view line);
// The same into one that there is already, for those who read thousands; false: what is in it then means nothing.
bool parse_makemkv_line(std::string_view line, MakemkvLine& into);

// makemkvcon's own numbers of what CINFO (disc), TINFO (title) and SINFO (stream) lines tell.
enum class MakemkvAttribute : int {
  kType = 1,
  kName = 2,
  kLanguage = 3,
  kCodecId = 5,
  kCodecLong = 7,
  kChapterCount = 8,
  kDuration = 9,
  kSizeBytes = 11,
  kChannels = 14,
  kAngle = 15,
  kSourceFile = 16,
  kSampleRate = 17,
  kVideoSize = 19,
  kAspect = 20,
  kFrameRate = 21,
  kStreamFlags = 22,
  kOriginalTitle = 24,
  kSegmentMap = 26,
  kOutputFile = 27,
  kTreeInfo = 30,
  kVolumeName = 32,
  kMkvFlags = 38,
  kConversion = 42,
  kComment = 49,
};

// "1:23:45", "23:45" or "45" in seconds.
std::optional<double> parse_makemkv_duration(std::string_view text);

// MSG:code,flags,n,"text","format","param"...
struct MakemkvMessage {
  int code = 0;
  std::int64_t flags = 0;
  std::string text;
  std::vector<std::string> parameters;

  // Bits of `flags` that say what kind of box the graphical program would show.
  enum class Kind { kPlain, kError, kWarning, kQuestion };
  Kind kind() const;
};

std::optional<MakemkvMessage> parse_makemkv_message(const MakemkvLine& line);

// MSG:3308, "File 00800.mpls (angle 2) was added as title #8": in some versions nothing else tells a title's angle.
struct MakemkvAngle {
  int title = 0;
  int angle = 0;  // from 1
};
std::optional<MakemkvAngle> added_angle(const MakemkvMessage& message);

}  // namespace amphi
