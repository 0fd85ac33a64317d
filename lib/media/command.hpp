// amphi-media's command line: one job a run, answered with JSON Lines on stdout.
#pragma once

#include <string>
#include <vector>

#include "media/events.hpp"

namespace amphi {

inline constexpr int kMediaDone = 0, kMediaFailed = 1, kMediaUsage = 2;

// `arguments` without the program's name. The exit code; Interrupted passes through, for main to end by the signal.
int run_media_command(const std::vector<std::string>& arguments, Events& events);

}  // namespace amphi
