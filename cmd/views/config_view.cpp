#include "views/config_view.hpp"

#include <fmt/format.h>

namespace amphi::cmd {

namespace {

using R = const ConfigRow&;

std::string origin_of(const Config& config, const std::string& key) {
  const auto found = config.origins.find(key);
  return found == config.origins.end() ? "default" : found->second;
}

Json folder_json(const std::optional<Folder>& folder) {
  return folder ? or_null(folder->path) : Json();
}

std::vector<std::pair<std::string, Json>> library_values(const Config& config) {
  const auto library = config.library.value_or(LibraryConfig{});
  const bool there = config.library.has_value();
  return {{"library.layout", there ? Json(library.layout == Layout::kPlex ? "plex" : "jellyfin") : Json()},
          {"library.movies", folder_json(library.movies)},
          {"library.shows", folder_json(library.shows)},
          {"library.music", folder_json(library.music)},
          {"library.mode", library.mode ? Json(fmt::format("{:04o}", *library.mode)) : Json()},
          {"library.group", or_null(library.group)}};
}

std::vector<std::pair<std::string, Json>> values(const Config& config) {
  std::vector<std::pair<std::string, Json>> out{
      {"catalog", config.catalog},
      {"drives", config.drives ? Json(*config.drives) : Json()},
      {"folders.ripped", config.ripped.path},
      {"folders.transcoded", config.transcoded.path},
      {"rip.engine", engine_name(config.rip_engine)},
      {"rip.min_length", config.min_length},
      {"transcode.engine", engine_name(config.transcode.engine)},
      {"transcode.jobs", config.transcode.jobs},
      {"transcode.preset.dvd", or_null(config.transcode.preset_dvd)},
      {"transcode.preset.cd", or_null(config.transcode.preset_cd)},
      {"transcode.preset.bluray", or_null(config.transcode.preset_bluray)},
      {"transcode.preset.uhd", or_null(config.transcode.preset_uhd)},
      {"transcode.preset_files", config.transcode.preset_files},
      {"process.watchdog_seconds", config.watchdog_seconds},
      {"cleanup.older_than_days", config.cleanup.older_than_days},
      {"cleanup.keep_gb", config.cleanup.keep_gb},
      {"cleanup.verify", config.cleanup.verify},
      {"identify.thediscdb", or_null(config.thediscdb)},
  };
  for (const auto& tool : watched_tools()) out.emplace_back("process.watchdog." + tool, watchdog_of(config, tool));
  for (const auto& [name, arguments] : config.transcode.profiles)
    out.emplace_back("transcode.profiles." + name, arguments);
  for (auto& value : library_values(config)) out.push_back(std::move(value));
  return out;
}

}  // namespace

std::vector<ConfigRow> config_rows(const Config& config) {
  std::vector<ConfigRow> out;
  for (auto& [key, value] : values(config)) out.push_back({key, std::move(value), origin_of(config, key)});
  return out;
}

const View<ConfigRow>& config_view() {
  static const View<ConfigRow> kView(
      "config_value", "one key of the configuration",
      {{{"key", "string", "key", "KEY", Column::kShown}, [](R r) { return Json(r.key); }},
       {{"value", "any", "value in force; null where there is none", "VALUE", Column::kShown, Align::kLeft,
         Fit::kFlexible},
        [](R r) { return r.value; }},
       {{"origin", "string", "default, FILE:LINE, an option or a variable", "FROM", Column::kShown},
        [](R r) { return Json(r.origin); },
        [](R r, const Appearance&) { return Cell(r.origin, Style::kDim); }}});
  return kView;
}

const Document& config_show_document() {
  static const Document kDocument{
      "amphi.config.show/1",
      "the configuration in force",
      {{"file", "string?", "the file that was read"},
       {"settings", "object[]", "every key", []() -> const ViewInfo& { return config_view().info(); }}},
      "settings"};
  return kDocument;
}

const Document& config_check_document() {
  static const Document kDocument{
      "amphi.config.check/1",
      "what is wrong with the configuration",
      {{"file", "string?", "the file that was read"}, {"faults", "string[]", "one line each"}},
      {}};
  return kDocument;
}

const Document& config_init_document() {
  static const Document kDocument{
      "amphi.config.init/1", "the file that was written", {{"file", "string", "its path"}}, {}};
  return kDocument;
}

}  // namespace amphi::cmd
