// The file that `amphi config init` writes: every key with its value in force, commented out.
#include <fmt/format.h>

#include "amphi/config.hpp"
#include "config/defaults.hpp"
#include "config/keys.hpp"

namespace amphi {
namespace {

using Path = std::vector<std::string>;

std::string heading(const ConfigTable& table) {
  std::string text = "\n";
  if (!table.comment.empty()) text += fmt::format("# {}.\n", table.comment);
  return text + fmt::format("[{}]\n", dotted(table.path));
}

// The table whose heading a key stands under: the first part, as preset.dvd stands in [transcode].
const ConfigTable* table_of(const ConfigKey& key) {
  if (key.path.size() == 1) return nullptr;
  for (const auto& table : config_tables())
    if (table.path == Path{key.path.front()}) return &table;
  return nullptr;
}

std::string line_of(const ConfigKey& key, const Config& config, const ConfigInputs& inputs) {
  const Path name(key.path.begin() + (key.path.size() == 1 ? 0 : 1), key.path.end());
  return fmt::format("# {}.\n#{} = {}\n", key.comment, dotted(name), key.show(config, inputs));
}

std::string profiles() {
  for (const auto& table : config_tables())
    if (table.path == profiles_path())
      return heading(table) + "#my-profile = [\"-c:v\", \"libx265\", \"-preset\", \"slow\", \"-crf\", \"20\"]\n";
  return "";
}

}  // namespace

std::string commented_config(const ConfigInputs& inputs) {
  Config config = default_config(inputs);
  fill_presets(config.transcode);
  std::string text =
      "# The configuration of amphi, in TOML. A key that is commented out has its default, which is the value shown\n"
      "# (of [library], [identify], drives, preset_files and profiles: an example). \"amphi config check\" tells what "
      "is wrong "
      "with this\n"
      "# file, \"amphi config show\" what is in force and why.\n\n";
  const ConfigTable* current = nullptr;
  for (const auto& key : config_keys()) {
    const ConfigTable* table = table_of(key);
    if (table != current && current && current->path == Path{profiles_path().front()}) text += profiles();
    if (table != current) text += heading(*table);
    current = table;
    text += line_of(key, config, inputs);
  }
  return text;
}

}  // namespace amphi
