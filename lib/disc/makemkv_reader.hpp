// A disc read by makemkvcon itself, for what libdvdread cannot read: encrypted discs and Blu-ray.
#pragma once

#include <string>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/reader.hpp"

namespace amphi {

// "dev:/dev/sr0", "iso:PATH", "file:PATH".
std::string makemkv_source_argument(const Source& source);

std::vector<std::string> makemkv_info_arguments(const Source& source, const ReadOptions& options);

// Runs `makemkvcon info`. Throws kUnavailable when it is missing, finds no disc, or its key has expired. The
// fingerprint is provisional: the caller puts the one of the bytes in its place where they can be read.
ScannedDisc read_with_makemkv(const Source& source, const ReadOptions& options);

}  // namespace amphi
