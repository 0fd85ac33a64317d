#include "process/presets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

constexpr std::string_view kFlacPreset = "flac";  // and the tool's name

const std::vector<std::string>* find_profile(const Config& config, const std::string& name) {
  const auto own = config.transcode.profiles.find(name);
  if (own != config.transcode.profiles.end()) return &own->second;
  const auto builtin = builtin_ffmpeg_profiles().find(name);
  return builtin == builtin_ffmpeg_profiles().end() ? nullptr : &builtin->second;
}

}  // namespace

std::string Presets::in_force(DiscKind kind, const Track& track) const {
  if (track.edits.preset_name && !track.edits.preset_name->empty()) return *track.edits.preset_name;
  if (kind == DiscKind::kCd) return config_.transcode.preset_cd;
  return preset_for(config_.transcode, track.scanned.resolution);
}

std::string Presets::tool_of(DiscKind kind, const std::string& preset) const {
  if (kind == DiscKind::kCd) return "flac";
  // A track may ask for a profile while the rest goes through HandBrake.
  return config_.transcode.engine == "ffmpeg" || find_profile(config_, preset) ? "ffmpeg" : "handbrake";
}

std::vector<std::string> Presets::profile_arguments(const std::string& preset) const {
  const auto* profile = find_profile(config_, preset);
  return profile ? *profile : std::vector<std::string>{};
}

std::string Presets::trouble_with(const std::string& tool, const std::string& preset) {
  if (tool == kFlacPreset)
    return preset == kFlacPreset || preset == "copy" ? "" : "of an audio CD there are only the presets flac and copy";
  if (preset == kFlacPreset) return "flac is for audio CDs";
  if (preset.empty()) return "no preset is set: transcode.preset.dvd, .bluray and .uhd in the configuration";
  if (preset == "copy" || find_profile(config_, preset)) return "";
  if (config_.transcode.engine == "ffmpeg")
    return fmt::format("no profile is called '{}': transcode.profiles in the configuration", preset);
  if (!known_) {
    known_.emplace();
    try {
      known_ = known_presets(config_);
    } catch (const Error& error) {
      unknowable_ = error.told();
    }
  }
  if (!unknowable_.empty()) return unknowable_;
  if (std::find(known_->begin(), known_->end(), preset) != known_->end()) return "";
  const auto near = nearest(preset, *known_);
  return near.empty() ? fmt::format("no preset is called '{}'", preset)
                      : fmt::format("no preset is called '{}'; did you mean '{}'?", preset, near);
}

}  // namespace amphi
