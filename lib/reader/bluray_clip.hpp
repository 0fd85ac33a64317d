// A clip as a title of its own, from its clip information (CLIPINF/*.clpi).
#pragma once

#include <cstdint>
#include <optional>

#include "amphi/track.hpp"
#include "reader/bluray_disc.hpp"

namespace amphi {

// Reference "m2ts:00045". nullopt where the information is damaged, or the clip plays nothing.
std::optional<ScannedTrack> read_clip_track(const BlurayDisc& disc, std::uint32_t number);

}  // namespace amphi
