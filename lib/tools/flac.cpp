#include "tools/flac.hpp"

#include <fmt/format.h>

#include "base/programs.hpp"
#include "base/text.hpp"
#include "tools/encoders.hpp"

namespace amphi {
namespace {

const std::string kFlacName(kFlacProgram.name);

}  // namespace

std::vector<std::string> FlacRun::arguments() const {
  std::vector<std::string> out{kFlacName,       "--best", "--verify", "--force", "--no-preserve-modtime",
                               "--output-name", output_};
  for (const auto& [name, value] : tags_) out.push_back(fmt::format("--tag={}={}", name, to_valid_utf8(value)));
  out.insert(out.end(), {"--", input_});
  return out;
}

std::optional<Progress> FlacRun::take_out(std::string_view line) {
  return take_err(line);
}

std::optional<Progress> FlacRun::take_err(std::string_view line) {
  line = trim(line);
  if (line.starts_with("flac ") && version_.empty()) version_ = line.substr(5, line.find_first_of(" ,", 5) - 5);
  tail_.take(line);
  if (line.find("ERROR") != std::string_view::npos) tail_.take_error(line);
  return std::nullopt;
}

ToolVerdict FlacRun::verdict(const ChildExit& exit) const {
  if (tail_.no_space()) return no_space_verdict(kFlacName);
  if (exit.signalled) return signalled_verdict(kFlacName, exit);
  if (exit.code == 0) return {true, {}, "", ""};
  return {false, Cause::kOther, fmt::format("flac failed with {}: {}", exit.code, tail_.why()), "see the step's log"};
}

// It has one way of encoding, which is its name.
constexpr Encoder kFlac{
    .tool = {"flac", &kFlacProgram},
    .kinds = {DiscKind::kCd},
    .defaults = {},
    .has_preset = [](const TranscodeConfig&, std::string_view preset) { return preset == kFlac.tool.name; },
    .presets = [](const TranscodeConfig&) { return std::vector<std::string>{std::string(kFlac.tool.name)}; },
    .lists_by_starting = false,
    .unknown_preset = "of an audio CD there are only the presets flac and copy",
    .foreign_preset = "{} is for audio CDs",
    .arguments = nullptr,
    .burns_subtitles = false,
    .tags_itself = true,
    .run = [](const StepSpec& spec, const std::string& output) -> std::unique_ptr<EncoderRun> {
      return std::make_unique<FlacRun>(spec, output);
    }};

}  // namespace amphi
