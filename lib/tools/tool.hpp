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
#include "amphi/progress.hpp"
#include "amphi/step.hpp"
#include "amphi/tool.hpp"
#include "base/child.hpp"

namespace amphi {

// The tool's own verdict of one run.
struct ToolVerdict {
  bool ok = false;
  Cause cause = Cause::kOther;  // where it is not ok
  std::string message, hint;
};

// One run of one tool: fed line by line with what it prints, asked for its verdict at the end. Its progress never
// falls.
class ToolRun {
 public:
  virtual ~ToolRun() = default;
  virtual std::vector<std::string> arguments() const = 0;               // [0] is the program's name
  virtual std::optional<Progress> take_out(std::string_view line) = 0;  // a line of stdout
  virtual std::optional<Progress> take_err(std::string_view line) = 0;  // a line of stderr
  virtual ToolVerdict verdict(const ChildExit& exit) const = 0;
  // What cannot end well any more (a question that a pipe cannot answer): the step ends the tool and takes its verdict.
  virtual bool hopeless() const { return false; }
  // The tool's version as this run told it, "" where it did not: saves a start of `tool_version`.
  virtual std::string version() const { return {}; }
};

// Which input streams an encoder kept: for each output stream of the kind the input's 0-based index in that kind.
struct KeptStreams {
  std::vector<int> audio;
  std::vector<int> subtitles;
  bool operator==(const KeptStreams&) const = default;
};
class EncoderRun : public ToolRun {
 public:
  // Nothing where the tool's log did not tell it to the end.
  virtual std::optional<KeptStreams> kept() const = 0;
};

// As the program itself says, which is started for it. "" when it does not say, or is not there.
std::string version_of(const Program& program);

// "copy" and those of every encoder; may start them.
std::vector<std::string> known_presets(const Config& config);
std::vector<std::string> presets_in_file(const std::string& path);  // throws kUsage naming file and fault
const std::map<std::string, std::vector<std::string>>& builtin_ffmpeg_profiles();
// Of presets in HandBrake's own format: the user's files, then its own (asks HandBrakeCLI; starts a process).
std::vector<std::string> handbrake_presets(const TranscodeConfig& config);

}  // namespace amphi
