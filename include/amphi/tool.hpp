// What makes artifacts, one row a tool. A row holds all that is asked of its tool; the configuration's choices, the
// survey, the plan, the step, the room it needs and what to install are read from it. The rows stand beside the code
// that runs them, in lib/step/*_step.cpp and lib/tools; the tables that list them are lib/step/rippers.cpp and
// lib/tools/encoders.cpp. A new tool is a file with a row, and its line in a table.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/disc.hpp"

namespace amphi {

struct Made;
struct Program;
struct StepSpec;
struct StepWork;
struct TranscodeConfig;
class EncoderRun;

// The preset that leaves the transcode out: the library file is the rip.
inline constexpr std::string_view kCopyPreset = "copy";

class DiscKinds {
 public:
  constexpr DiscKinds(std::initializer_list<DiscKind> kinds) {
    for (const auto kind : kinds) bits_ |= 1U << static_cast<unsigned>(kind);
  }
  constexpr bool contains(DiscKind kind) const { return (bits_ >> static_cast<unsigned>(kind) & 1U) != 0; }

 private:
  unsigned bits_ = 0;
};

struct Tool {
  std::string_view name;             // in configuration, receipts and JSON: "handbrake"
  const Program* program = nullptr;  // what it starts, a row as of lib/base/programs.hpp; nullptr: only amphi's own
};

// What tells the titles of a disc when it is scanned.
enum class Scanner { kOwn, kMakemkv };
// Which of the streams that a disc declares a rip has.
enum class RipStreams {
  kDeclared,  // all, in that order, but for those without a packet
  kFound,     // those that have packets, in the order of the clips
  kSelected,  // as the tool's own profile selects
};

struct Ripper {
  Tool tool;
  DiscKinds kinds;
  Scanner scanner = Scanner::kOwn;
  bool decrypts = false;
  // Copies the sectors first: it continues where it stopped, and sectors and file lie side by side at the end.
  bool copies_sectors = false;
  RipStreams streams = RipStreams::kDeclared;
  bool names_output = false;  // into a private folder; for all others amphi makes the temporary file
  Made (*make)(StepWork& work) = nullptr;
};

// By resolution of the picture; "" where it encodes none.
struct DefaultPresets {
  std::string_view dvd, bluray, uhd;
};

struct Encoder {
  Tool tool;
  DiscKinds kinds;
  DefaultPresets defaults{};
  // Whether a preset of that name is known without starting anything.
  bool (*has_preset)(const TranscodeConfig& config, std::string_view preset) = nullptr;
  // All names; may start the tool. Throws kUsage naming a preset file that is none.
  std::vector<std::string> (*presets)(const TranscodeConfig& config) = nullptr;
  bool lists_by_starting = false;     // `has_preset` then does not know them all
  std::string_view unknown_preset{};  // why one cannot be used; {} is its name
  // Why its presets cannot be used for discs of other kinds; {}; "": as `unknown_preset` of theirs.
  std::string_view foreign_preset{};
  // What of the configuration a step gets along: the output arguments of a profile.
  std::vector<std::string> (*arguments)(const TranscodeConfig& config, std::string_view preset) = nullptr;
  bool burns_subtitles = false;  // into the picture, so that their number says nothing
  bool tags_itself = false;      // nothing is set again in its file, which is no Matroska
  // `output` exists and is written over in place, so that a descriptor kept on it stays the file's. Throws kUsage for a
  // profile that is not known.
  std::unique_ptr<EncoderRun> (*run)(const StepSpec& spec, const std::string& output) = nullptr;
};

// What is no choice of the configuration's.
inline constexpr Tool kLinkTool{"link"};    // insert
inline constexpr Tool kProbeTool{"probe"};  // adopt

// The tables. Rows live as long as the program; of several that fit, the first is taken.
const std::vector<const Ripper*>& rippers();
const std::vector<const Encoder*>& encoders();
const Ripper* find_ripper(std::string_view name);    // nullptr: there is none of that name
const Encoder* find_encoder(std::string_view name);  // the same

// The one that is configured (nullptr: none is), where it reads such discs; else the first that does.
const Ripper& ripper_for(const Ripper* configured, DiscKind kind, bool encrypted);
// The one that knows the preset for certain, else the one that is configured where it encodes such discs, else the
// first.
const Encoder& encoder_for(const TranscodeConfig& config, DiscKind kind, std::string_view preset);

}  // namespace amphi
