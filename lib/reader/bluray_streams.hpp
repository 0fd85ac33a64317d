// The streams that a playlist declares for one of its clips (the STN table of MPLS, as libbluray gives it).
#pragma once

#include <libbluray/bluray.h>

#include "amphi/track.hpp"

namespace amphi {

// Picture, audio and subtitles, in the order of the table. What only menus or a picture in picture use is left out.
void set_bluray_streams(ScannedTrack& track, const BLURAY_CLIP_INFO& clip);

}  // namespace amphi
