#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "amphi/config.hpp"
#include "amphi/error.hpp"
#include "base/descriptor.hpp"
#include "base/failure.hpp"
#include "base/handle.hpp"
#include "base/text.hpp"
#include "config/defaults.hpp"
#include "config/keys.hpp"
#include "config/values.hpp"

namespace amphi {
namespace {

using Path = std::vector<std::string>;

struct Fault {
  std::string message;  // "FILE:LINE: key: what is wrong"
  std::string hint;
};

struct Text {
  std::string file, bytes;
};

// nullopt: there is no such file.
std::optional<Text> find_text(const std::string& file) {
  const Handle opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (!opened) fail_system(errno, fmt::format("cannot open the configuration {}", escape_controls(file)));
  return Text{file, read_all(opened.get(), escape_controls(file), 1 << 20)};
}

std::optional<Text> find_configuration(const ConfigInputs& inputs) {
  if (inputs.config_option) {
    const std::string file = std::filesystem::absolute(*inputs.config_option).string();
    if (auto text = find_text(file)) return text;
    throw Error(ErrorKind::kUsage, fmt::format("{}: there is no such configuration", escape_controls(file)),
                "check --config, or make one: amphi config init");
  }
  const std::string users = user_config_file(inputs);
  if (!users.empty())
    if (auto text = find_text(users)) return text;
  return find_text(inputs.system_file);
}

bool is_prefix(const Path& start, const Path& whole) {
  return start.size() <= whole.size() && std::equal(start.begin(), start.end(), whole.begin());
}

const ConfigKey* find_key(const Path& path) {
  for (const auto& key : config_keys())
    if (key.path == path) return &key;
  return nullptr;
}

bool is_table(const Path& path) {
  return std::any_of(config_tables().begin(), config_tables().end(),
                     [&](const auto& each) { return each.path == path; });
}

bool is_profile(const Path& path) {
  return path.size() == profiles_path().size() + 1 && is_prefix(profiles_path(), path);
}

// "did you mean": first among the keys beside it, then the same word elsewhere, else what there is.
std::string hint_for_unknown(const Path& path) {
  const Path beside(path.begin(), path.end() - 1);
  std::vector<std::string> near, elsewhere;
  const auto add = [&](const Path& each) {
    if (each.size() == path.size() && is_prefix(beside, each)) near.push_back(each.back());
    if (each.back() == path.back()) elsewhere.push_back(dotted(each));
  };
  for (const auto& key : config_keys()) add(key.path);
  for (const auto& table : config_tables()) add(table.path);
  if (const std::string found = nearest(path.back(), near); !found.empty())
    return fmt::format("did you mean \"{}\"?", found);
  if (!elsewhere.empty()) return fmt::format("did you mean \"{}\"?", elsewhere.front());
  return "known here: " + join(near, ", ");
}

// One reading of one file: fills the configuration and gathers what is wrong.
class Reading {
 public:
  Reading(const ConfigInputs& inputs, Text text) : inputs_(inputs), text_(std::move(text)) {}

  void read_into(Config& config) {
    try {
      for (const auto& setting : parse_toml(text_.bytes)) take(config, setting);
    } catch (const TomlFault& fault) {
      add(fault.line, "", fmt::format("this is no TOML: {}", fault.what()), "see https://toml.io for the format");
    }
    check_together(config);
  }

  const std::vector<Fault>& faults() const { return faults_; }

 private:
  void add(int line, const std::string& key, const std::string& what, const std::string& hint) {
    const std::string where = fmt::format("{}:{}", escape_controls(text_.file), line);
    faults_.push_back(
        {key.empty() ? fmt::format("{}: {}", where, what) : fmt::format("{}: {}: {}", where, key, what), hint});
  }

  void take(Config& config, const Setting& setting) {
    if (is_prefix(unknown_, setting.path) && !unknown_.empty()) return;  // told once, for the whole table
    const ConfigKey* key = find_key(setting.path);
    if (key || is_profile(setting.path)) return set(config, setting, key);
    const bool table = std::holds_alternative<TableValue>(setting.value);
    if (is_table(setting.path)) {
      if (!table)
        add(setting.line, dotted(setting.path), fmt::format("must be a table, is {}", type_of(setting)),
            fmt::format("write it as [{}]", dotted(setting.path)));
      return;
    }
    unknown_ = setting.path;
    add(setting.line, dotted(setting.path), table ? "unknown table" : "unknown key", hint_for_unknown(setting.path));
  }

  void set(Config& config, const Setting& setting, const ConfigKey* key) {
    const std::string name = dotted(setting.path);
    if (std::holds_alternative<TableValue>(setting.value)) unknown_ = setting.path;  // what is in it needs no word
    try {
      if (key)
        key->set(config, setting, inputs_);
      else
        set_profile(config, setting);
      config.origins[name] = fmt::format("{}:{}", text_.file, setting.line);
      lines_[name] = setting.line;
    } catch (const ConfigFault& fault) {
      add(setting.line, name, fault.what(), fault.hint);
    }
  }

  void check_together(const Config& config) {
    if (config.ripped.path != config.transcoded.path || config.ripped.path.empty()) return;
    const std::string last =
        lines_["folders.transcoded"] >= lines_["folders.ripped"] ? "folders.transcoded" : "folders.ripped";
    add(lines_[last], last, "rips and transcodes have the same names and cannot share one folder",
        "choose two folders");
  }

  const ConfigInputs& inputs_;
  Text text_;
  std::vector<Fault> faults_;
  Path unknown_;
  std::map<std::string, int> lines_;
};

std::vector<Fault> read_file(const ConfigInputs& inputs, Config& config) {
  auto text = find_configuration(inputs);
  if (!text) return {};
  config.file = text->file;
  Reading reading(inputs, std::move(*text));
  reading.read_into(config);
  return reading.faults();
}

void choose_catalog(const ConfigInputs& inputs, Config& config) {
  const auto take = [&](const std::optional<std::string>& path, const std::string& origin) {
    if (!path || path->empty()) return false;
    config.catalog = std::filesystem::absolute(*path).string();
    config.origins["catalog"] = origin;
    return true;
  };
  if (!take(inputs.catalog_option, "--catalog")) take(inputs.amphi_catalog, "AMPHI_CATALOG");
}

// By whatever name it is called, the catalog has one: its locks and its state lie beside that. A link that leads to
// nothing yet is followed too, for the catalog is made where it leads.
std::string real_path(const std::string& named) {
  namespace fs = std::filesystem;
  constexpr int kMostLinks = 40;  // as the kernel
  std::error_code error;
  fs::path path = named;
  for (int links = 0; links < kMostLinks && fs::is_symlink(path, error); ++links)
    path = path.parent_path() / fs::read_symlink(path, error);
  const auto real = fs::weakly_canonical(path, error);
  return error || real.empty() ? named : real.string();
}

// Faults of the file are returned; the configuration is whole only where there are none.
std::vector<Fault> read(const ConfigInputs& inputs, Config& config) {
  config = default_config(inputs);
  auto faults = read_file(inputs, config);
  fill_presets(config.transcode);
  choose_catalog(inputs, config);
  config.catalog = real_path(config.catalog);
  if (faults.empty()) need_paths(config);
  return faults;
}

}  // namespace

Config load_config(const ConfigInputs& inputs) {
  Config config;
  const auto faults = read(inputs, config);
  if (faults.empty()) return config;
  const std::string more =
      faults.size() == 1 ? "" : fmt::format("; amphi config check tells all {} faults", faults.size());
  throw Error(ErrorKind::kUsage, faults.front().message, faults.front().hint + more);
}

std::vector<std::string> check_config(const ConfigInputs& inputs) {
  Config config;
  std::vector<std::string> told;
  try {
    for (const auto& fault : read(inputs, config)) told.push_back(fmt::format("{} ({})", fault.message, fault.hint));
  } catch (const Error& error) {
    told.push_back(error.told());
  }
  return told;
}

}  // namespace amphi
