// Names of presets: HandBrake's own list as it prints it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace amphi {

// What `HandBrakeCLI --preset-list` prints on stderr: categories ("General/") at the margin, names below them by four
// columns, their descriptions by eight.
std::vector<std::string> parse_preset_list(std::string_view printed);

}  // namespace amphi
