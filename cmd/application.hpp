// From argv to an exit code.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace amphi::cmd {

std::string_view version_line();  // "amphi 0.1.0\n"

int run(const std::vector<std::string>& arguments);

// Tells of what went wrong, as text or JSON as the command line asks; gives the exit code.
int explain(const std::exception& exception, const std::vector<std::string>& arguments);

}  // namespace amphi::cmd
