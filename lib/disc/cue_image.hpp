// A cue sheet with the files that it names, which must lie beside it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "model/cd_toc.hpp"

namespace amphi {

// The file that an image's description (.cue, .toc) names. An image may come from anywhere: what it names lies in its
// folder, and not behind a link that leads away. Throws kUsage (it does not), kUnavailable (it is not there).
std::string file_beside(const std::string& description, const std::string& name);

// Throws kUnavailable (a file is missing or cannot be read), kUsage (no cue sheet, or one that leads out of its
// folder).
CdToc read_cue_image(const std::string& path);

// Sectors of an audio track, 2,352 bytes each, as they are on the disc. Takes them some at a time. Throws as above, and
// kUnavailable where the image ends before them.
void read_cue_sectors(const std::string& path, std::int64_t first, std::int64_t sectors,
                      const std::function<void(std::string_view bytes)>& take);

}  // namespace amphi
