#include "process/presets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

std::string why(std::string_view format, const std::string& preset) {
  return fmt::format(fmt::runtime(format), preset);
}

// One that surely knows the preset, though it encodes no such discs.
const Encoder* find_owner(const TranscodeConfig& config, const std::string& preset) {
  for (const auto* each : encoders())
    if (each->has_preset(config, preset)) return each;
  return nullptr;
}

}  // namespace

std::string Presets::in_force(DiscKind kind, const Track& track) const {
  if (track.edits.preset_name && !track.edits.preset_name->empty()) return *track.edits.preset_name;
  if (kind == DiscKind::kCd) return config_.transcode.preset_cd;
  return preset_for(config_.transcode, track.scanned.resolution);
}

std::vector<std::string> Presets::arguments(const Encoder& encoder, const std::string& preset) const {
  return encoder.arguments ? encoder.arguments(config_.transcode, preset) : std::vector<std::string>{};
}

std::string Presets::trouble_with(const Encoder& encoder, const std::string& preset) {
  if (preset.empty()) return "no preset is set: transcode.preset.dvd, .bluray and .uhd in the configuration";
  if (preset == kCopyPreset || encoder.has_preset(config_.transcode, preset)) return "";
  // It is no encoder's of such discs, or that one would have been chosen.
  if (const auto* owner = find_owner(config_.transcode, preset); owner && !owner->foreign_preset.empty())
    return why(owner->foreign_preset, preset);
  return encoder.lists_by_starting ? trouble_with_listed(encoder, preset) : why(encoder.unknown_preset, preset);
}

std::string Presets::trouble_with_listed(const Encoder& encoder, const std::string& preset) {
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
  const auto unknown = why(encoder.unknown_preset, preset);
  return near.empty() ? unknown : fmt::format("{}; did you mean '{}'?", unknown, near);
}

}  // namespace amphi
