// The dates of a DVD's files, which only the disc itself and its image have: copies in a folder carry their own.
#pragma once

#include <string>
#include <vector>

#include "disc/identifiers.hpp"

namespace amphi {

// The files of VIDEO_TS as the disc's ISO 9660 directory (by libiso9660) says them, names in upper case without
// version. Empty where there is no such directory.
std::vector<DatedSize> list_video_ts_dates(const std::string& image_or_device);

}  // namespace amphi
