// The configuration: TOML, every key optional. Unknown keys and wrong types are errors that name file, line and key.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/track.hpp"

namespace amphi {

struct Encoder;
struct Ripper;

enum class Layout { kPlex, kJellyfin };

// A configured root. `configured` is false for the default ones, which amphi may create.
struct Folder {
  std::string path;  // absolute, ~ expanded
  bool configured = false;
};

struct LibraryConfig {
  Layout layout = Layout::kPlex;
  std::optional<Folder> movies, shows, music;
  std::optional<unsigned> mode;  // permission bits of inserted files
  std::optional<std::string> group;
};

struct TranscodeConfig {
  const Encoder* engine = nullptr;  // a row of tool.hpp; nullptr: the first that fits
  int jobs = 1;
  std::string preset_dvd, preset_bluray, preset_uhd;         // by resolution; "copy" keeps the disc's own video
  std::string preset_cd = "flac";                            // or "copy"
  std::vector<std::string> preset_files;                     // HandBrake's own format, absolute
  std::map<std::string, std::vector<std::string>> profiles;  // ffmpeg: name -> output arguments
};

// What `cleanup` does where its options do not say otherwise.
struct CleanupConfig {
  static constexpr int kMostDays = 36'500, kMostGb = 1'000'000;  // in the configuration and as options

  int older_than_days = 0;      // since the library file was made
  int keep_gb = 0;              // 10^9 bytes of rips and transcodes that stay though nothing needs them, the newest
  std::string verify = "look";  // look, checksum, probe: what the library file must pass before
};

struct Config {
  std::string file;  // "" where none was found
  std::string catalog;
  std::optional<std::vector<std::string>> drives;  // absent: what the system has
  Folder ripped, transcoded;
  const Ripper* rip_engine = nullptr;         // a row of tool.hpp; nullptr: auto, the first that fits
  int min_length = 0;                         // seconds
  int watchdog_seconds = 600;                 // a tool without progress for this long is ended
  std::map<std::string, int> tool_watchdogs;  // seconds; "makemkv" -> 1800: instead of the above
  TranscodeConfig transcode;
  CleanupConfig cleanup;
  std::optional<LibraryConfig> library;  // absent: the insert stage waits
  std::string thediscdb;                 // a copy of TheDiscDB's data, absolute; "": none
  std::map<std::string, std::string>
      origins;  // "transcode.jobs" -> "default", "/etc/amphi/config.toml:12", "--catalog", "AMPHI_CATALOG"
};

// What of the environment the configuration hangs on; a value, so that tests need no environment.
struct ConfigInputs {
  std::optional<std::string> config_option, catalog_option;  // --config, --catalog
  std::optional<std::string> amphi_catalog;                  // AMPHI_CATALOG
  std::string home, xdg_data_home, xdg_config_home;          // the latter two "" where unset
  std::string system_file = "/etc/amphi/config.toml";
};

ConfigInputs config_inputs_from_environment();

// Throws kUsage with "FILE:LINE: key: what is wrong".
Config load_config(const ConfigInputs& inputs);
// Every fault of the file, not only the first; empty where it is good.
std::vector<std::string> check_config(const ConfigInputs& inputs);
// The commented file that `config init` writes, with the defaults in force on this machine.
std::string commented_config(const ConfigInputs& inputs);

// As the configuration calls them; "auto" for nullptr.
std::string_view engine_name(const Ripper* ripper);
std::string_view engine_name(const Encoder* encoder);

std::vector<std::string> watched_tools();  // those that may have a watchdog of their own: rippers, then encoders
int watchdog_of(const Config& config, std::string_view tool);  // seconds

// uhd from 3840x2160, bluray from 1920x1080, else dvd; a width or height that reaches the class is enough (scope
// films).
std::string preset_for(const TranscodeConfig& config, const std::optional<Resolution>& resolution);

}  // namespace amphi
