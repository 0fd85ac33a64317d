// A DVD sub-picture unit: how long it stands, from its own control sequence.
#pragma once

#include <cstdint>
#include <optional>

#include "reader/bits.hpp"

namespace amphi {

// Ticks of 90 kHz from the unit's time stamp to its stop command; nullopt where it has none, or is damaged.
std::optional<std::int64_t> subpicture_duration(Bytes unit);

}  // namespace amphi
