#include "config/defaults.hpp"

#include "amphi/error.hpp"
#include "amphi/tool.hpp"
#include "base/environment.hpp"
#include "config/keys.hpp"

namespace amphi {
namespace {

std::string beneath(const std::string& xdg, const std::string& home, const std::string& in_home) {
  if (!xdg.empty()) return xdg;
  return home.empty() ? "" : home + in_home;
}

void fill(std::string& preset, std::string_view value) {
  if (preset.empty()) preset = value;
}

}  // namespace

std::string user_config_file(const ConfigInputs& inputs) {
  const std::string folder = beneath(inputs.xdg_config_home, inputs.home, "/.config");
  return folder.empty() ? "" : folder + "/amphi/config.toml";
}

Config default_config(const ConfigInputs& inputs) {
  Config config;
  config.transcode.engine = encoders().front();
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
  const auto presets = transcode.engine->defaults;
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

std::string_view engine_name(const Ripper* ripper) {
  return ripper ? ripper->tool.name : "auto";
}

std::string_view engine_name(const Encoder* encoder) {
  return encoder ? encoder->tool.name : "auto";
}

std::vector<std::string> watched_tools() {
  std::vector<std::string> names;
  for (const auto* each : rippers()) names.emplace_back(each->tool.name);
  for (const auto* each : encoders()) names.emplace_back(each->tool.name);
  return names;
}

int watchdog_of(const Config& config, std::string_view tool) {
  const auto found = config.tool_watchdogs.find(std::string(tool));
  return found == config.tool_watchdogs.end() ? config.watchdog_seconds : found->second;
}

}  // namespace amphi
