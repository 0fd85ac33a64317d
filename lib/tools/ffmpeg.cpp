// ffmpeg 5.1: progress as key=value lines on stdout (-progress pipe:1), a log with levels on stderr. It ends with 0
// when its output could not be written to the end or the input is cut short: the log and the judge decide.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/programs.hpp"
#include "base/text.hpp"
#include "model/matroska.hpp"
#include "tools/encoders.hpp"
#include "tools/log_tail.hpp"
#include "tools/stream_log.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

const std::string kFfmpegName(kFfmpegProgram.name);

// How ffmpeg begins to complain about its options: the profile is at fault, not the medium.
constexpr const char* kProfileFaults[] = {"Unrecognized option",
                                          "Error splitting the argument list",
                                          "Unknown encoder",
                                          "Error initializing",
                                          "Error reinitializing filters",
                                          "No such filter",
                                          "Stream map",
                                          "Error setting option",
                                          "Error parsing"};

// How it says that what it made is not all in the file.
constexpr const char* kWriteFaults[] = {"av_interleaved_write_frame(): ", "Error writing trailer of ",
                                        "Error closing file "};
// An input it was not let read just then is not a bad one.
constexpr const char* kDeviceFault = "Input/output error";

// The key=value lines between two "progress=" make one report.
class FfmpegProgress {
 public:
  explicit FfmpegProgress(double duration_seconds) : duration_(duration_seconds) {}

  std::optional<Progress> take(std::string_view line) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto key = trim(line.substr(0, equals)), value = trim(line.substr(equals + 1));
    if (key == "out_time_us") {
      if (const auto us = parse_int(value); us && *us >= 0) seconds_ = static_cast<double>(*us) / 1e6;  // N/A at first
    } else if (key == "speed") {
      take_speed(value);
    } else if (key == "progress") {
      ended_ = value == "end";
      return report();
    }
    return std::nullopt;
  }

  bool ended() const { return ended_; }

 private:
  void take_speed(std::string_view value) {
    speed_.reset();
    if (value.ends_with('x')) value.remove_suffix(1);
    if (const auto speed = parse_double(trim(value)); speed && std::isfinite(*speed) && *speed > 0) speed_ = *speed;
  }

  Progress report() {
    if (duration_ > 0) fraction_ = std::max(fraction_, std::min(1.0, seconds_ / duration_));
    Progress out{fraction_, Phase::kEncode, {}, {}};
    if (speed_) out.speed = Speed{*speed_, SpeedUnit::kRealTime};
    if (speed_ && duration_ > seconds_) out.eta_seconds = (duration_ - seconds_) / *speed_;
    return out;
  }

  double duration_, seconds_ = 0, fraction_ = 0;
  std::optional<double> speed_;
  bool ended_ = false;
};

// "[error] text" -> level and text; "[matroska @ 0x55] [error] text" too.
struct LogLine {
  std::string_view level, text;
};

LogLine split_level(std::string_view line) {
  for (const std::string_view level : {"panic", "fatal", "error", "warning", "info"}) {
    const auto mark = fmt::format("[{}] ", level);
    const auto at = line.find(mark);
    const bool begins = at == 0 || (at != std::string_view::npos && line.starts_with('[') && line[at - 1] == ' ');
    if (begins) return {level, line.substr(at + mark.size())};
  }
  return {"", line};
}

std::vector<std::string> profile_of(const StepSpec& spec) {
  if (!spec.tool_arguments.empty()) return spec.tool_arguments;
  const auto& builtin = builtin_ffmpeg_profiles();
  const auto found = builtin.find(spec.preset);
  if (found != builtin.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [name, arguments] : builtin) names.push_back(name);
  throw Error(ErrorKind::kUsage, fmt::format("no ffmpeg profile is named '{}'", escape_controls(spec.preset)),
              "amphi has " + join(names, ", ") + "; [transcode.profiles] in the configuration adds more");
}

class FfmpegRun : public EncoderRun {
 public:
  FfmpegRun(const StepSpec& spec, std::string output)
      : profile_(profile_of(spec)),
        preset_(spec.preset),
        input_(spec.input),
        output_(std::move(output)),
        progress_(spec.expected.duration_seconds > 0 ? spec.expected.duration_seconds : spec.track.duration_seconds) {}

  std::vector<std::string> arguments() const override {
    std::vector<std::string> out{kFfmpegName, "-nostdin", "-v", "level+info", "-nostats", "-progress", "pipe:1"};
    out.insert(out.end(), {"-y", "-i", input_});
    // A profile that maps for itself chooses the streams; else everything is kept, and what it does not name is copied.
    if (std::find(profile_.begin(), profile_.end(), "-map") == profile_.end()) {
      out.insert(out.end(), {"-map", "0:V", "-map", "0:a?", "-map", "0:s?", "-map", "0:t?"});
    }
    out.insert(out.end(), {"-c:a", "copy", "-c:s", "copy", "-c:t", "copy"});
    out.insert(out.end(), {"-metadata_header_padding", std::to_string(kRoomForEdits)});
    out.insert(out.end(), profile_.begin(), profile_.end());
    out.insert(out.end(), {"-map_chapters", "0", "-map_metadata", "0", "-f", "matroska", output_});
    return out;
  }

  std::optional<Progress> take_out(std::string_view line) override { return progress_.take(line); }

  std::optional<Progress> take_err(std::string_view line) override {
    const auto [level, text] = split_level(line);
    streams_.take(text);
    tail_.take(text);
    if (text.starts_with("ffmpeg version ")) version_ = split(text, ' ').at(2);
    if (level != "error" && level != "fatal" && level != "panic") return std::nullopt;
    tail_.take_error(text);
    bad_input_ = bad_input_ || (text.starts_with(input_ + ": ") && !text.ends_with(kDeviceFault));
    for (const auto* sign : kWriteFaults) unwritten_ = unwritten_ || text.starts_with(sign);
    for (const auto* sign : kProfileFaults) bad_profile_ = bad_profile_ || text.starts_with(sign);
    return std::nullopt;
  }

  ToolVerdict verdict(const ChildExit& exit) const override {
    if (tail_.no_space()) return no_space_verdict(kFfmpegName);
    if (exit.signalled) return signalled_verdict(kFfmpegName, exit);
    if (unwritten_)
      return {false, Cause::kOther, "ffmpeg could not write all of its output: " + tail_.why(), "see the step's log"};
    if (exit.code == 0 && progress_.ended()) return {true, {}, "", ""};
    if (exit.code == 0)
      return {false, Cause::kOther, "ffmpeg ended without saying that it was done", "see the step's log"};
    if (bad_input_) {
      return {false, Cause::kMedium, "ffmpeg cannot read its input: " + tail_.why(),
              "amphi track verify --probe looks at the rip"};
    }
    if (bad_profile_) {
      return {false, Cause::kPreset,
              fmt::format("ffmpeg refuses the profile '{}': {}", escape_controls(preset_), tail_.why()),
              "correct it in [transcode.profiles] of the configuration"};
    }
    constexpr int kStopped = 255;
    if (exit.code == kStopped) return {false, Cause::kOther, "ffmpeg was stopped", "run it again"};
    return {false, Cause::kOther, fmt::format("ffmpeg failed with {}: {}", exit.code, tail_.why()),
            "see the step's log"};
  }

  std::optional<KeptStreams> kept() const override { return streams_.kept(); }
  std::string version() const override { return version_; }

 private:
  std::vector<std::string> profile_;
  std::string preset_, input_, output_;
  FfmpegProgress progress_;
  FfmpegStreamLog streams_;
  LogTail tail_;
  std::string version_;
  bool bad_profile_ = false, bad_input_ = false, unwritten_ = false;
};

}  // namespace

const std::map<std::string, std::vector<std::string>>& builtin_ffmpeg_profiles() {
  // Discs carry interlaced material now and then; frames that are not marked so pass untouched.
  static const std::string kDeinterlace = "bwdif=mode=send_frame:deint=interlaced";
  const auto profile = [](std::vector<std::string> encoder) {
    encoder.insert(encoder.end(), {"-vf", kDeinterlace});
    return encoder;
  };
  static const std::map<std::string, std::vector<std::string>> kProfiles{
      {"h264", profile({"-c:v", "libx264", "-preset", "slow", "-crf", "19", "-pix_fmt", "yuv420p"})},
      {"h264-fast", profile({"-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-pix_fmt", "yuv420p"})},
      {"hevc", profile({"-c:v", "libx265", "-preset", "medium", "-crf", "21"})},
      {"hevc-fast", profile({"-c:v", "libx265", "-preset", "veryfast", "-crf", "23"})},
      {"av1", profile({"-c:v", "libsvtav1", "-preset", "7", "-crf", "28"})},
  };
  return kProfiles;
}

namespace {

const std::vector<std::string>* find_profile(const TranscodeConfig& config, std::string_view name) {
  const std::string key(name);
  const auto own = config.profiles.find(key);
  if (own != config.profiles.end()) return &own->second;
  const auto builtin = builtin_ffmpeg_profiles().find(key);
  return builtin == builtin_ffmpeg_profiles().end() ? nullptr : &builtin->second;
}

std::vector<std::string> profile_names(const TranscodeConfig& config) {
  std::vector<std::string> names;
  for (const auto& [name, arguments] : config.profiles) names.push_back(name);
  for (const auto& [name, arguments] : builtin_ffmpeg_profiles())
    if (!config.profiles.contains(name)) names.push_back(name);
  return names;
}

std::vector<std::string> profile_arguments(const TranscodeConfig& config, std::string_view name) {
  const auto* profile = find_profile(config, name);
  return profile ? *profile : std::vector<std::string>{};
}

}  // namespace

constexpr Encoder kFfmpeg{.tool = {"ffmpeg", &kFfmpegProgram},
                          .kinds = {DiscKind::kDvd, DiscKind::kBluray, DiscKind::kUhd},
                          .defaults = {"h264", "h264", "hevc"},
                          .has_preset = [](const TranscodeConfig& config,
                                           std::string_view preset) { return find_profile(config, preset) != nullptr; },
                          .presets = profile_names,
                          .lists_by_starting = false,
                          .unknown_preset = "no profile is called '{}': transcode.profiles in the configuration",
                          .foreign_preset = "",
                          .arguments = profile_arguments,
                          .burns_subtitles = false,
                          .tags_itself = false,
                          .run = [](const StepSpec& spec, const std::string& output) -> std::unique_ptr<EncoderRun> {
                            return std::make_unique<FfmpegRun>(spec, output);
                          }};

}  // namespace amphi
