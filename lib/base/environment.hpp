// What the process was given: variables and home.
#pragma once

#include <optional>
#include <string>

namespace amphi {

std::optional<std::string> environment_variable(const std::string& name);  // nullopt: unset or empty
std::string home_folder();                            // HOME, else the user database; "" where there is none
std::string xdg_folder(const std::string& variable);  // an absolute XDG_* folder, else ""

}  // namespace amphi
