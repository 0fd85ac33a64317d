// From a setting's value to what a key wants of it, or a fault.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/config.hpp"
#include "config/toml_file.hpp"

namespace amphi {

// What is wrong with one setting, and what to do about it.
struct ConfigFault : std::runtime_error {
  ConfigFault(const std::string& what, std::string advice) : std::runtime_error(what), hint(std::move(advice)) {}
  std::string hint;
};

// All throw ConfigFault.
std::string text_of(const Setting& setting);  // not empty
int number_of(const Setting& setting, int least, int most);
std::vector<std::string> texts_of(const Setting& setting);
std::string one_of(const Setting& setting, const std::vector<std::string>& choices);
unsigned mode_of(const Setting& setting);  // "0664": octal
// Absolute, ~ expanded, neither "." nor "..", nor a slash at the end.
std::string path_from(std::string_view text, const ConfigInputs& inputs);

}  // namespace amphi
