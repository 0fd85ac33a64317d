// What the process was given: variables, home, its own program, the machine's name.
#pragma once

#include <optional>
#include <string>

namespace amphi {

std::optional<std::string> environment_variable(const std::string& name);  // nullopt: unset or empty
std::string home_folder();                            // HOME, else the user database; "" where there is none
std::string xdg_folder(const std::string& variable);  // an absolute XDG_* folder, else ""
std::string own_program();                            // target of /proc/self/exe; throws kUnavailable
std::string host_name();

}  // namespace amphi
