// Audio CDs: what the table of contents says, from a drive or an image (.cue, .toc; libcdio, in amphi-reader), or
// written down.
#pragma once

#include <string_view>

#include "amphi/disc.hpp"
#include "amphi/source.hpp"

namespace amphi {

// A description of a CD image by its name: .cue, .toc.
bool is_cd_image(std::string_view path);

// Throws kUnavailable, kUsage: no table of contents, no audio track in it, an image that leads out of its folder.
ScannedDisc read_cd(const Source& source);

}  // namespace amphi
