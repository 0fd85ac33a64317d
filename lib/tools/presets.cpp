#include "tools/presets.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

using nlohmann::json;

constexpr int kListsWithin = 60;  // seconds
constexpr int kDeepest = 32;      // folders in folders: HandBrake itself has two levels
constexpr std::size_t kLargest = 16 << 20;

[[noreturn]] void fault(const std::string& path, const std::string& what) {
  throw Error(ErrorKind::kUsage, fmt::format("{}: {}", escape_controls(path), what),
              "export the presets again from HandBrake");
}

std::string load_text(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::is_regular_file(path, failed) ? std::filesystem::file_size(path, failed) : 0;
  std::ifstream in(path, std::ios::binary);
  if (failed || size == 0 || !in) fault(path, "the preset file is not there, empty or not readable");
  if (size > kLargest) fault(path, "is too large for a preset file");
  return {std::istreambuf_iterator<char>(in), {}};
}

// A preset, or a folder with more in ChildrenArray.
void collect(const json& entry, const std::string& path, int depth, std::vector<std::string>& names) {
  if (!entry.is_object()) fault(path, "an entry of its PresetList is no object");
  if (depth > kDeepest) fault(path, "its folders lie too deep");
  const auto name = entry.find("PresetName");
  if (name == entry.end() || !name->is_string()) fault(path, "a preset has no PresetName");
  const auto children = entry.find("ChildrenArray");
  const auto folder = entry.find("Folder");
  // Older exports write the flag as 0 and 1.
  const bool is_folder = folder != entry.end() && (folder->is_boolean() ? folder->get<bool>() : *folder == 1);
  if (!is_folder) {
    names.push_back(name->get<std::string>());
    return;
  }
  if (children == entry.end()) return;
  if (!children->is_array()) fault(path, "a ChildrenArray is no list");
  for (const auto& child : *children) collect(child, path, depth + 1, names);
}

void add(std::vector<std::string>& names, const std::vector<std::string>& more) {
  for (const auto& name : more) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

std::vector<std::string> own_presets() {
  if (!find_program("HandBrakeCLI")) return {};
  ChildSpec spec;
  spec.arguments = {"HandBrakeCLI", "--preset-list"};
  spec.out = ChildSpec::Stream::kNull;
  spec.err = ChildSpec::Stream::kPipe;
  return parse_preset_list(run(spec, kListsWithin).err);
}

}  // namespace

std::vector<std::string> parse_preset_list(std::string_view printed) {
  constexpr std::string_view kIndent = "    ";
  std::vector<std::string> names;
  bool in_category = false;
  for (const auto& line : split(printed, '\n')) {
    if (!line.starts_with(' ')) {
      in_category = line.ends_with('/');
    } else if (in_category && line.starts_with(kIndent) && line.size() > kIndent.size() &&
               line[kIndent.size()] != ' ') {
      names.emplace_back(trim(line));
    }
  }
  return names;
}

std::vector<std::string> presets_in_file(const std::string& path) {
  const auto document = json::parse(load_text(path), nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) fault(path, "is not JSON");
  const auto& list = document.is_object() && document.contains("PresetList") ? document["PresetList"] : document;
  std::vector<std::string> names;
  if (list.is_array()) {
    for (const auto& entry : list) collect(entry, path, 0, names);
  } else {
    collect(list, path, 0, names);
  }
  return names;
}

std::vector<std::string> handbrake_presets(const TranscodeConfig& config) {
  std::vector<std::string> names;
  for (const auto& file : config.preset_files) add(names, presets_in_file(file));
  add(names, own_presets());
  return names;
}

std::vector<std::string> known_presets(const Config& config) {
  std::vector<std::string> names{std::string(kCopyPreset)};
  for (const auto* encoder : encoders()) add(names, encoder->presets(config.transcode));
  return names;
}

}  // namespace amphi
