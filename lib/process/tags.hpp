// What a file says of itself: Matroska's tags (target 50) of films, Vorbis comments of music. Discs and tracks are
// found again by them when the catalog is lost.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/track.hpp"

namespace amphi {

using Tags = std::vector<std::pair<std::string, std::string>>;

Tags tags_of(const Disc& disc, const Track& track);

}  // namespace amphi
