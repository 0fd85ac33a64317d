#include "config/keys.hpp"

#include <fmt/format.h>

#include "amphi/tool.hpp"
#include "base/text.hpp"
#include "config/values.hpp"

namespace amphi {
namespace {

constexpr int kLongestWatchdog = 86'400;

using Set = decltype(ConfigKey::set);
using Show = decltype(ConfigKey::show);

std::string list(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const auto& text : texts) all.push_back(toml_string(text));
  return fmt::format("[{}]", join(all, ", "));
}

std::vector<std::string> paths_of(const Setting& setting, const ConfigInputs& inputs) {
  std::vector<std::string> paths;
  for (const auto& text : texts_of(setting)) paths.push_back(path_from(text, inputs));
  return paths;
}

LibraryConfig& library_of(Config& config) {
  if (!config.library) config.library.emplace();
  return *config.library;
}

// A string somewhere in the configuration.
template <class Where>
ConfigKey text_key(std::vector<std::string> path, std::string comment, Where where) {
  return {std::move(path), std::move(comment),
          [where](Config& config, const Setting& setting, const ConfigInputs&) { where(config) = text_of(setting); },
          [where](const Config& config, const ConfigInputs&) {
            Config copy = config;
            return toml_string(where(copy));
          }};
}

template <class Where>
ConfigKey choice_key(std::vector<std::string> path, std::string comment, std::vector<std::string> choices,
                     Where where) {
  ConfigKey key = text_key(std::move(path), std::move(comment), where);
  key.comment += ": " + join(choices, ", ");
  key.set = [where, choices](Config& config, const Setting& setting, const ConfigInputs&) {
    where(config) = one_of(setting, choices);
  };
  return key;
}

// A row of a table of tools, by its name; nullptr has the name "auto".
template <class Row>
struct RowChoice {
  std::string name;
  const Row* row = nullptr;
};

std::vector<RowChoice<Ripper>> ripper_choices() {
  std::vector<RowChoice<Ripper>> choices{{"auto", nullptr}};
  for (const auto* each : rippers()) choices.push_back({std::string(each->tool.name), each});
  return choices;
}

std::vector<RowChoice<Encoder>> video_encoders() {
  std::vector<RowChoice<Encoder>> choices;
  for (const auto* each : encoders())
    if (each->kinds.contains(DiscKind::kDvd)) choices.push_back({std::string(each->tool.name), each});
  return choices;
}

std::vector<std::string> cd_presets() {
  std::vector<std::string> names;
  for (const auto* each : encoders()) {
    if (!each->kinds.contains(DiscKind::kCd)) continue;
    for (auto& name : each->presets({})) names.push_back(std::move(name));
  }
  names.emplace_back(kCopyPreset);
  return names;
}

template <class Row, class Where>
ConfigKey row_key(std::vector<std::string> path, const std::string& comment, std::vector<RowChoice<Row>> choices,
                  Where where) {
  std::vector<std::string> names;
  for (const auto& choice : choices) names.push_back(choice.name);
  return {std::move(path), fmt::format("{}: {}", comment, join(names, ", ")),
          [=](Config& config, const Setting& setting, const ConfigInputs&) {
            const auto name = one_of(setting, names);
            for (const auto& choice : choices)
              if (choice.name == name) where(config) = choice.row;
          },
          [=](const Config& config, const ConfigInputs&) {
            Config copy = config;
            return toml_string(std::string(engine_name(where(copy))));
          }};
}

template <class Where>
ConfigKey number_key(std::vector<std::string> path, std::string comment, int least, int most, Where where) {
  return {std::move(path), std::move(comment),
          [=](Config& config, const Setting& setting, const ConfigInputs&) {
            where(config) = number_of(setting, least, most);
          },
          [where](const Config& config, const ConfigInputs&) {
            Config copy = config;
            return std::to_string(where(copy));
          }};
}

// A root that has a default.
template <class Where>
ConfigKey root_key(std::vector<std::string> path, std::string comment, Where where) {
  return {std::move(path), std::move(comment),
          [where](Config& config, const Setting& setting, const ConfigInputs& inputs) {
            where(config) = Folder{path_from(text_of(setting), inputs), true};
          },
          [where](const Config& config, const ConfigInputs&) {
            Config copy = config;
            return toml_string(where(copy).path);
          }};
}

// A root of the library: absent unless configured. `example` is shown beneath the user's home.
ConfigKey library_root_key(const std::string& name, std::string comment, std::optional<Folder> LibraryConfig::*where,
                           const std::string& example) {
  return {{"library", name},
          std::move(comment),
          [where](Config& config, const Setting& setting, const ConfigInputs& inputs) {
            library_of(config).*where = Folder{path_from(text_of(setting), inputs), true};
          },
          [where, example](const Config& config, const ConfigInputs& inputs) {
            const bool there = config.library && (*config.library).*where;
            return toml_string(there ? ((*config.library).*where)->path : inputs.home + example);
          }};
}

std::vector<ConfigKey> top_keys() {
  return {
      {{"catalog"},
       "The catalog; made on first use",
       [](Config& config, const Setting& setting, const ConfigInputs& inputs) {
         config.catalog = path_from(text_of(setting), inputs);
       },
       [](const Config& config, const ConfigInputs&) { return toml_string(config.catalog); }},
      {{"drives"},
       "Left out: what the system has. An image file may stand in for a drive",
       [](Config& config, const Setting& setting, const ConfigInputs& inputs) {
         config.drives = paths_of(setting, inputs);
       },
       [](const Config& config, const ConfigInputs&) {
         return list(config.drives.value_or(std::vector<std::string>{"/dev/sr0"}));
       }},
      root_key({"folders", "ripped"}, "Rips; a folder named here must exist",
               [](Config& c) -> Folder& { return c.ripped; }),
      root_key({"folders", "transcoded"}, "Transcodes; another folder than the rips'",
               [](Config& c) -> Folder& { return c.transcoded; }),
      row_key({"rip", "engine"}, "What reads discs", ripper_choices(),
              [](Config& c) -> const Ripper*& { return c.rip_engine; }),
      number_key({"rip", "min_length"}, "Seconds; shorter titles are not ripped", 0, 86'400,
                 [](Config& c) -> int& { return c.min_length; }),
  };
}

std::vector<ConfigKey> transcode_keys() {
  return {
      row_key({"transcode", "engine"}, "What encodes", video_encoders(),
              [](Config& c) -> const Encoder*& { return c.transcode.engine; }),
      number_key({"transcode", "jobs"}, "Transcodes at the same time", 1, 1024,
                 [](Config& c) -> int& { return c.transcode.jobs; }),
      text_key({"transcode", "preset", "dvd"},
               "By resolution: a preset (handbrake), a profile (ffmpeg), or \"copy\", which keeps the disc's own video",
               [](Config& c) -> std::string& { return c.transcode.preset_dvd; }),
      text_key({"transcode", "preset", "bluray"}, "From 1920x1080",
               [](Config& c) -> std::string& { return c.transcode.preset_bluray; }),
      text_key({"transcode", "preset", "uhd"}, "From 3840x2160",
               [](Config& c) -> std::string& { return c.transcode.preset_uhd; }),
      choice_key({"transcode", "preset", "cd"}, "Of audio CDs: FLAC, or WAVE as it was ripped", cd_presets(),
                 [](Config& c) -> std::string& { return c.transcode.preset_cd; }),
      {{"transcode", "preset_files"},
       "Presets exported from HandBrake",
       [](Config& config, const Setting& setting, const ConfigInputs& inputs) {
         config.transcode.preset_files = paths_of(setting, inputs);
       },
       [](const Config& config, const ConfigInputs& inputs) {
         const auto& files = config.transcode.preset_files;
         return list(files.empty() ? std::vector<std::string>{inputs.home + "/my-presets.json"} : files);
       }},
  };
}

ConfigKey layout_key() {
  ConfigKey key;
  key.path = {"library", "layout"};
  key.comment = "Names and folders as these want them: plex, jellyfin";
  key.set = [](Config& config, const Setting& setting, const ConfigInputs&) {
    library_of(config).layout = one_of(setting, {"plex", "jellyfin"}) == "plex" ? Layout::kPlex : Layout::kJellyfin;
  };
  key.show = [](const Config& config, const ConfigInputs&) {
    return toml_string(config.library && config.library->layout == Layout::kJellyfin ? "jellyfin" : "plex");
  };
  return key;
}

std::vector<ConfigKey> library_keys() {
  return {
      layout_key(),
      library_root_key("movies", "Each root of the library is a folder that exists", &LibraryConfig::movies,
                       "/Media/Movies"),
      library_root_key("shows", "Seasons and episodes", &LibraryConfig::shows, "/Media/TV Shows"),
      library_root_key("music", "Albums", &LibraryConfig::music, "/Media/Music"),
      {{"library", "mode"},
       "Permissions of inserted files, octal; left out: those of the transcode",
       [](Config& config, const Setting& setting, const ConfigInputs&) { library_of(config).mode = mode_of(setting); },
       [](const Config& config, const ConfigInputs&) {
         return fmt::format("\"{:04o}\"", config.library ? config.library->mode.value_or(0664) : 0664);
       }},
      {{"library", "group"},
       "Their group; left out: the user's own",
       [](Config& config, const Setting& setting, const ConfigInputs&) { library_of(config).group = text_of(setting); },
       [](const Config& config, const ConfigInputs&) {
         return toml_string(config.library ? config.library->group.value_or("media") : "media");
       }},
  };
}

ConfigKey watchdog_key(const std::string& tool) {
  return {{"process", "watchdog", tool},
          fmt::format("Seconds, for {}", tool),
          [tool](Config& config, const Setting& setting, const ConfigInputs&) {
            config.tool_watchdogs[tool] = number_of(setting, 1, kLongestWatchdog);
          },
          [tool](const Config& config, const ConfigInputs&) { return std::to_string(watchdog_of(config, tool)); }};
}

std::vector<ConfigKey> process_keys() {
  std::vector<ConfigKey> keys{number_key({"process", "watchdog_seconds"},
                                         "A tool without progress for this long is ended", 1, kLongestWatchdog,
                                         [](Config& c) -> int& { return c.watchdog_seconds; })};
  for (const auto& tool : watched_tools()) keys.push_back(watchdog_key(tool));
  return keys;
}

std::vector<ConfigKey> identify_keys() {
  return {{{"identify", "thediscdb"},
           "A clone of https://github.com/TheDiscDb/data; amphi only reads it",
           [](Config& config, const Setting& setting, const ConfigInputs& inputs) {
             config.thediscdb = path_from(text_of(setting), inputs);
           },
           [](const Config& config, const ConfigInputs& inputs) {
             return toml_string(config.thediscdb.empty() ? inputs.home + "/thediscdb" : config.thediscdb);
           }}};
}

std::vector<ConfigKey> cleanup_keys() {
  return {
      number_key({"cleanup", "older_than_days"}, "Rips and transcodes whose library file is younger stay", 0,
                 CleanupConfig::kMostDays, [](Config& c) -> int& { return c.cleanup.older_than_days; }),
      number_key({"cleanup", "keep_gb"}, "As many gigabytes of them stay, the newest", 0, CleanupConfig::kMostGb,
                 [](Config& c) -> int& { return c.cleanup.keep_gb; }),
      choice_key({"cleanup", "verify"}, "What the library file must pass before", {"look", "checksum", "probe"},
                 [](Config& c) -> std::string& { return c.cleanup.verify; }),
  };
}

}  // namespace

const std::vector<ConfigKey>& config_keys() {
  static const std::vector<ConfigKey> kKeys = [] {
    std::vector<ConfigKey> all = top_keys();
    for (auto& keys : {transcode_keys(), library_keys(), identify_keys(), process_keys(), cleanup_keys()})
      all.insert(all.end(), keys.begin(), keys.end());
    return all;
  }();
  return kKeys;
}

const std::vector<ConfigTable>& config_tables() {
  static const std::vector<ConfigTable> kTables = {
      {{"folders"}, "Where rips and transcodes are kept"},
      {{"rip"}, ""},
      {{"transcode"}, ""},
      {{"transcode", "preset"}, ""},
      {{"transcode", "profiles"}, "For ffmpeg: a name and the output's arguments; streams not mentioned are copied"},
      {{"library"}, "Without this the insert stage waits"},
      {{"identify"}, "What amphi disc identify asks"},
      {{"process"}, ""},
      {{"process", "watchdog"}, "By tool, instead of watchdog_seconds"},
      {{"cleanup"}, "What amphi cleanup deletes, where its options do not say otherwise"},
  };
  return kTables;
}

const std::vector<std::string>& profiles_path() {
  static const std::vector<std::string> kPath = {"transcode", "profiles"};
  return kPath;
}

void set_profile(Config& config, const Setting& setting) {
  const std::string& name = setting.path.back();
  if (name == kCopyPreset) throw ConfigFault("\"copy\" is amphi's own name for no encoding", "choose another name");
  auto arguments = texts_of(setting);
  if (name.empty() || arguments.empty())
    throw ConfigFault("is empty", "give ffmpeg's arguments, as [\"-c:v\", \"libx265\"]");
  config.transcode.profiles[name] = std::move(arguments);
}

}  // namespace amphi
