// The log on stderr (spdlog underneath). stdout is data and belongs to cmd.
#pragma once

#include <string_view>

namespace amphi {

enum class LogLevel { kQuiet, kNormal, kVerbose };

void set_log_level(LogLevel level);
void log_info(std::string_view text);     // shown unless -q
void log_warning(std::string_view text);  // always shown
void log_debug(std::string_view text);    // shown with -v

}  // namespace amphi
