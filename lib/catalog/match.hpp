// Which track of a new scan is which stored one. Pure.
#pragma once

#include <optional>
#include <vector>

#include "amphi/track.hpp"

namespace amphi {

// By reference first, then by what the track plays: segment map, streams, duration. Not by number, which moves with the
// ripper's options. Where one side says of a track no more than its number ("title:3"; what is imported from another
// program does), the duration will do where one track alone has it; after that the number, where those of all the pairs
// found so are the same on both sides, or apart by the same. One entry per scanned track: the index of the stored one.
// A stored track is given out once.
std::vector<std::optional<std::size_t>> match_tracks(const std::vector<Track>& stored,
                                                     const std::vector<ScannedTrack>& scanned);

}  // namespace amphi
