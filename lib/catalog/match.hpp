// Which track of a new scan is which stored one. Pure.
#pragma once

#include <optional>
#include <vector>

#include "amphi/track.hpp"

namespace amphi {

// By reference first, then by what the track plays: segment map, streams, duration. Never by number, which moves with
// the ripper's options. One entry per scanned track: the index of the stored one. A stored track is given out once.
std::vector<std::optional<std::size_t>> match_tracks(const std::vector<Track>& stored,
                                                     const std::vector<ScannedTrack>& scanned);

}  // namespace amphi
