// Every key of the configuration, described once: from this come the loader, the hints and the commented file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "amphi/config.hpp"
#include "config/toml_file.hpp"

namespace amphi {

struct ConfigKey {
  std::vector<std::string> path;
  std::string comment;  // for the commented file, one line
  // Takes the value over; throws ConfigFault.
  std::function<void(Config&, const Setting&, const ConfigInputs&)> set;
  // The value in force (or, where there is none, one that could be) as TOML, for the commented file.
  std::function<std::string(const Config&, const ConfigInputs&)> show;
};

// In the order of the commented file. [transcode.profiles] is no key: its names are the user's.
const std::vector<ConfigKey>& config_keys();

struct ConfigTable {
  std::vector<std::string> path;
  std::string comment;
};
const std::vector<ConfigTable>& config_tables();

const std::vector<std::string>& profiles_path();  // {"transcode", "profiles"}
void set_profile(Config& config, const Setting& setting);

}  // namespace amphi
