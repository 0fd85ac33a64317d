// An image that is shorter than the files on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "amphi/source.hpp"

namespace amphi {

// `end`: bytes that an image needs to hold its files. A sentence for people where some of them are missing; nothing for
// a whole image, a device or a folder.
std::optional<std::string> find_cut(const Source& source, std::int64_t end);
// Throws kUnavailable where some are missing.
void demand_whole_image(const Source& source, std::int64_t end);

}  // namespace amphi
