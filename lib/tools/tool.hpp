// What a step needs to know of an external tool: its arguments, the grammar of its progress, and its own verdict. One
// file per tool; nothing here starts a process except where a header says so.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/config.hpp"
#include "amphi/step.hpp"
#include "base/child.hpp"

namespace amphi {

struct ToolProgress {
  double fraction = 0;
  std::string phase;
  std::optional<double> speed;        // "x" of real time
  std::optional<double> eta_seconds;
};

// The tool's own verdict of one run.
struct ToolVerdict {
  bool ok = false;
  std::string cause;       // "key", "preset", "tool", "medium", "space", "judge", "other"
  std::string message, hint;
};

// One run of one tool: fed line by line with what it prints, asked for its verdict at the end.
class ToolRun {
 public:
  virtual ~ToolRun() = default;
  virtual std::vector<std::string> arguments() const = 0;   // [0] is the program's name
  virtual std::optional<ToolProgress> take_out(std::string_view line) = 0;  // a line of stdout
  virtual std::optional<ToolProgress> take_err(std::string_view line) = 0;  // a line of stderr
  virtual ToolVerdict verdict(const ChildExit& exit) const = 0;
};

// `output` is the temporary file's absolute path (makemkv: the private folder).
std::unique_ptr<ToolRun> make_handbrake_run(const StepSpec& spec, const std::string& output);
std::unique_ptr<ToolRun> make_ffmpeg_run(const StepSpec& spec, const std::string& output);
std::unique_ptr<ToolRun> make_makemkv_run(const StepSpec& spec, const std::string& folder);

// Flags, languages, names and chapters that the encoder dropped, set again in place by mkvpropedit; plus the tags.
// `kept` says which input streams the encoder kept, by index, where the tool's log told it.
struct KeptStreams {
  std::vector<int> audio;      // for each output audio stream the input's index
  std::vector<int> subtitles;
};
class EncoderRun : public ToolRun {
 public:
  virtual std::optional<KeptStreams> kept() const = 0;
};
// Arguments for mkvpropedit; the chapters and tags files it needs are written by the caller at the paths given.
std::vector<std::string> retag_arguments(const StepSpec& spec, const KeptStreams& kept, const std::string& file,
                                         const std::string& chapters_file, const std::string& tags_file);
std::string matroska_tags_xml(const std::vector<std::pair<std::string, std::string>>& tags);
std::string matroska_chapters_xml(const std::vector<double>& starts, double duration_seconds);

// First line of `TOOL --version`, cut to the version; starts the tool. "" when it does not say.
std::string tool_version(const std::string& tool);

// Names of presets in the user's files and HandBrake's own (asks HandBrakeCLI; starts a process), profiles, "copy".
std::vector<std::string> known_presets(const Config& config);
std::vector<std::string> presets_in_file(const std::string& path);   // throws kUsage naming file and fault
const std::map<std::string, std::vector<std::string>>& builtin_ffmpeg_profiles();

}  // namespace amphi
