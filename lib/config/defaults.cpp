#include "config/defaults.hpp"

#include "amphi/error.hpp"
#include "base/environment.hpp"
#include "config/keys.hpp"

namespace amphi {
namespace {

std::string beneath(const std::string& xdg, const std::string& home, const std::string& in_home) {
  if (!xdg.empty()) return xdg;
  return home.empty() ? "" : home + in_home;
}

struct Presets {
  std::string dvd, bluray, uhd;
};

Presets presets_of(const std::string& engine) {
  if (engine == "ffmpeg") return {"h264", "h264", "hevc"};
  // 720p30 never enlarges, and unlike 576p25 and 480p30 it neither drops NTSC's frames nor PAL's lines.
  return {"HQ 720p30 Surround", "HQ 1080p30 Surround", "HQ 2160p60 4K HEVC Surround"};
}

void fill(std::string& preset, const std::string& value) {
  if (preset.empty()) preset = value;
}

}  // namespace

std::string user_config_file(const ConfigInputs& inputs) {
  const std::string folder = beneath(inputs.xdg_config_home, inputs.home, "/.config");
  return folder.empty() ? "" : folder + "/amphi/config.toml";
}

Config default_config(const ConfigInputs& inputs) {
  Config config;
  const std::string data = beneath(inputs.xdg_data_home, inputs.home, "/.local/share");
  if (!data.empty()) {
    config.catalog = data + "/amphi/catalog.db";
    config.ripped.path = data + "/amphi/ripped";
    config.transcoded.path = data + "/amphi/transcoded";
  }
  for (const auto& key : config_keys()) config.origins[dotted(key.path)] = "default";
  return config;
}

void fill_presets(TranscodeConfig& transcode) {
  const Presets presets = presets_of(transcode.engine);
  fill(transcode.preset_dvd, presets.dvd);
  fill(transcode.preset_bluray, presets.bluray);
  fill(transcode.preset_uhd, presets.uhd);
}

void need_paths(const Config& config) {
  if (!config.catalog.empty() && !config.ripped.path.empty() && !config.transcoded.path.empty()) return;
  throw Error(ErrorKind::kUsage, "no home folder is known to keep the catalog, rips and transcodes in",
              "set HOME, or name catalog, folders.ripped and folders.transcoded in the configuration");
}

ConfigInputs config_inputs_from_environment() {
  ConfigInputs inputs;
  inputs.amphi_catalog = environment_variable("AMPHI_CATALOG");
  inputs.home = home_folder();
  inputs.xdg_data_home = xdg_folder("XDG_DATA_HOME");
  inputs.xdg_config_home = xdg_folder("XDG_CONFIG_HOME");
  return inputs;
}

std::string preset_for(const TranscodeConfig& config, const std::optional<Resolution>& resolution) {
  if (!resolution) return config.preset_dvd;
  if (resolution->width >= 3840 || resolution->height >= 2160) return config.preset_uhd;
  if (resolution->width >= 1920 || resolution->height >= 1080) return config.preset_bluray;
  return config.preset_dvd;
}

const std::vector<std::string>& watched_tools() {
  static const std::vector<std::string> kTools{"libdvdread", "libbluray", "makemkv", "cd-paranoia",
                                               "handbrake",  "ffmpeg",    "flac"};
  return kTools;
}

int watchdog_of(const Config& config, const std::string& tool) {
  const auto found = config.tool_watchdogs.find(tool);
  return found == config.tool_watchdogs.end() ? config.watchdog_seconds : found->second;
}

}  // namespace amphi
