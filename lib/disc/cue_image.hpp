// A cue sheet with the files that it names, which must lie beside it.
#pragma once

#include <string>

#include "model/cd_toc.hpp"

namespace amphi {

// Throws kUnavailable (a file is missing or cannot be read), kUsage (no cue sheet, or one that leads out of its
// folder).
CdToc read_cue_image(const std::string& path);

}  // namespace amphi
