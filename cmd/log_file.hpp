// A saved makemkvcon log, read from a file.
#pragma once

#include <string>

#include "amphi/disc.hpp"

namespace amphi::cmd {

// Errors name the file.
ScannedDisc parse_log_file(const std::string& path);

}  // namespace amphi::cmd
