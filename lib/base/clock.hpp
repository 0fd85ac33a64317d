// Time comes in from outside; this is the one place that asks the machine for it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "amphi/ids.hpp"

namespace amphi {

using Clock = std::function<Timestamp()>;

Timestamp system_now();
std::string to_rfc3339(Timestamp at);  // "2026-11-22T20:02:59.123Z", UTC, milliseconds
std::optional<Timestamp> parse_rfc3339(std::string_view text);

}  // namespace amphi
