// HandBrakeCLI 1.6. Its exit codes: 0 done, 1 interrupted, 2 bad preset, title or input, 3 output not writable, 4
// writing failed, 5 the input ended early (it leaves a playable file).
#include <fmt/format.h>

#include "base/programs.hpp"
#include "base/text.hpp"
#include "tools/encoders.hpp"
#include "tools/handbrake_progress.hpp"
#include "tools/log_tail.hpp"
#include "tools/stream_log.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

const std::string kHandBrake(kHandBrakeCli.name);

class HandbrakeRun : public EncoderRun {
 public:
  HandbrakeRun(const StepSpec& spec, std::string output)
      : preset_(spec.preset),
        preset_files_(spec.preset_files),
        input_(spec.input),
        output_(std::move(output)),
        progress_(spec.track.frame_rate) {}

  std::vector<std::string> arguments() const override {
    std::vector<std::string> out{kHandBrake, "--json"};
    for (const auto& file : preset_files_) out.insert(out.end(), {"--preset-import-file", file});
    // The container, the chapters and short titles are amphi's business, whatever the preset says.
    out.insert(out.end(), {"--preset", preset_, "--format", "av_mkv", "--markers", "--min-duration", "0"});
    out.insert(out.end(), {"--input", input_, "--output", output_});
    return out;
  }

  std::optional<Progress> take_out(std::string_view line) override { return progress_.take(line); }

  std::optional<Progress> take_err(std::string_view line) override {
    streams_.take(line);
    tail_.take(line);
    if (line.starts_with("Invalid preset")) bad_preset_ = true;
    if (line.starts_with("No title found")) no_title_ = true;
    if (line.starts_with("ERROR:") || line.starts_with("Invalid preset")) tail_.take_error(line);
    return std::nullopt;
  }

  ToolVerdict verdict(const ChildExit& exit) const override {
    if (exit.signalled) return signalled_verdict(kHandBrake, exit);
    if (tail_.no_space()) return no_space_verdict(kHandBrake);
    if (bad_preset_) {
      return {false, Cause::kPreset, fmt::format("HandBrakeCLI knows no preset '{}'", escape_controls(preset_)),
              "HandBrakeCLI --preset-list names its own; transcode.preset_files names files with more"};
    }
    if (no_title_) {
      return {false, Cause::kMedium, fmt::format("HandBrakeCLI found nothing to encode in {}", escape_controls(input_)),
              "amphi track verify --probe looks at the rip"};
    }
    const int error = progress_.work_done().value_or(exit.code != 0 ? exit.code : kNeverDone);
    if (exit.code == 0 && error == 0) return {true, {}, "", ""};
    return failed(exit.code != 0 ? exit.code : error);
  }

  std::optional<KeptStreams> kept() const override { return streams_.kept(); }
  std::string version() const override { return progress_.version(); }

 private:
  static constexpr int kNeverDone = -1;

  ToolVerdict failed(int code) const {
    switch (code) {
      case kNeverDone:
        return {false, Cause::kOther, "HandBrakeCLI ended without saying that it was done", "see the step's log"};
      case 1:
        return {false, Cause::kOther, "HandBrakeCLI was interrupted", "run it again"};
      case 2:
        return {
            false, progress_.worked() ? Cause::kOther : Cause::kPreset,
            fmt::format("HandBrakeCLI could not begin with the preset '{}': {}", escape_controls(preset_), tail_.why()),
            "check the preset and the preset files"};
      case 3:
        return {false, Cause::kOther, "HandBrakeCLI could not write its output: " + tail_.why(),
                "check the folder's permissions"};
      case 4:
        return {false, Cause::kOther, "HandBrakeCLI failed to write its output: " + tail_.why(), "see the step's log"};
      case 5:
        return {false, Cause::kMedium, "HandBrakeCLI says that its input ends early",
                "amphi track verify --probe looks at the rip"};
      default:
        return {false, Cause::kOther, fmt::format("HandBrakeCLI failed with {}: {}", code, tail_.why()),
                "see the step's log"};
    }
  }

  std::string preset_;
  std::vector<std::string> preset_files_;
  std::string input_, output_;
  HandbrakeProgress progress_;
  HandbrakeStreamLog streams_;
  LogTail tail_;
  bool bad_preset_ = false, no_title_ = false;
};

}  // namespace

// 720p30 never enlarges, and unlike 576p25 and 480p30 it neither drops NTSC's frames nor PAL's lines.
constexpr Encoder kHandbrake{.tool = {"handbrake", &kHandBrakeCli},
                             .kinds = {DiscKind::kDvd, DiscKind::kBluray, DiscKind::kUhd},
                             .defaults = {"HQ 720p30 Surround", "HQ 1080p30 Surround", "HQ 2160p60 4K HEVC Surround"},
                             .has_preset = [](const TranscodeConfig&, std::string_view) { return false; },
                             .presets = handbrake_presets,
                             .lists_by_starting = true,
                             .unknown_preset = "no preset is called '{}'",
                             .foreign_preset = "",
                             .arguments = nullptr,
                             .burns_subtitles = true,
                             .tags_itself = false,
                             .run = [](const StepSpec& spec, const std::string& output) -> std::unique_ptr<EncoderRun> {
                               return std::make_unique<HandbrakeRun>(spec, output);
                             }};

}  // namespace amphi
