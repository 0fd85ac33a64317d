// A cue sheet with the files that it names, which must lie beside it.
#pragma once

#include <string>

#include "model/cd_toc.hpp"

namespace amphi {

// The file that an image's description (.cue, .toc) names. An image may come from anywhere: what it names lies in its
// folder, and not behind a link that leads away. Throws kUsage (it does not), kUnavailable (it is not there).
std::string file_beside(const std::string& description, const std::string& name);

// Throws kUnavailable (a file is missing or cannot be read), kUsage (no cue sheet, or one that leads out of its
// folder).
CdToc read_cue_image(const std::string& path);

}  // namespace amphi
