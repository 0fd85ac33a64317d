#include "one_more_tool.hpp"

#include <fmt/format.h>

#include "base/programs.hpp"
#include "step/rippers.hpp"
#include "step/step_work.hpp"
#include "step/tool_runner.hpp"
#include "tools/encoders.hpp"
#include "tools/tool.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace test {
namespace {

class CommandRun : public EncoderRun {
 public:
  explicit CommandRun(std::vector<std::string> arguments) : arguments_(std::move(arguments)) {}
  std::vector<std::string> arguments() const override { return arguments_; }
  std::optional<Progress> take_out(std::string_view) override { return std::nullopt; }
  std::optional<Progress> take_err(std::string_view) override { return std::nullopt; }
  ToolVerdict verdict(const ChildExit& exit) const override { return {exit.code == 0, {}, "it failed", ""}; }
  std::optional<KeptStreams> kept() const override { return std::nullopt; }

 private:
  std::vector<std::string> arguments_;
};

Made rip_black(StepWork& work) {
  const auto picture = fmt::format("color=black:s=64x64:r=25:d={}", work.spec.track.duration_seconds);
  CommandRun tool({"ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", picture, "-c:v", "mpeg2video", "-f", "matroska",
                   work.file_path()});
  run_tool(work, tool);
  Made made;
  made.media = probe_media(work.file_path());
  return made;
}

constexpr Program kBlackProgram{"ffmpeg", "ffmpeg"};
constexpr Program kCopyProgram{"cp", "a-package-of-its-own", "", {"--version"}, "cp (GNU coreutils) "};

}  // namespace

constexpr Ripper kBlank{.tool = {"blank", &kBlackProgram},
                        .kinds = {DiscKind::kDvd},
                        .scanner = Scanner::kOwn,
                        .decrypts = false,
                        .copies_sectors = false,
                        .streams = RipStreams::kSelected,
                        .names_output = false,
                        .make = rip_black};

constexpr Encoder kCopycat{
    .tool = {"copycat", &kCopyProgram},
    .kinds = {DiscKind::kDvd},
    .defaults = {"same", "same", "same"},
    .has_preset = [](const TranscodeConfig&, std::string_view preset) { return preset == "same"; },
    .presets = [](const TranscodeConfig&) { return std::vector<std::string>{"same"}; },
    .lists_by_starting = false,
    .unknown_preset = "copycat knows no '{}'",
    .foreign_preset = "",
    .arguments = nullptr,
    .burns_subtitles = false,
    .tags_itself = true,
    .run = [](const StepSpec& spec, const std::string& output) -> std::unique_ptr<EncoderRun> {
      return std::make_unique<CommandRun>(std::vector<std::string>{"cp", spec.input, output});
    }};

}  // namespace test

const std::vector<const Ripper*>& rippers() {
  static const std::vector<const Ripper*> kRippers{&kLibdvdread, &kLibbluray, &kMakemkv, &kCdParanoia, &test::kBlank};
  return kRippers;
}

const std::vector<const Encoder*>& encoders() {
  static const std::vector<const Encoder*> kEncoders{&kHandbrake, &kFfmpeg, &kFlac, &test::kCopycat};
  return kEncoders;
}

}  // namespace amphi
