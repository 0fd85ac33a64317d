// Numbers that other tracks of the season have already.
#pragma once

#include <string>
#include <vector>

#include "amphi/episodes.hpp"

namespace amphi {

struct TakenNumbers {
  std::vector<std::string> by_others;     // "s01e05 is track 2 of dvd-a1b2c3d": another disc, or a track not chosen
  std::vector<std::string> by_left_ones;  // of this disc, chosen and left as it is
};

TakenNumbers find_taken_numbers(const SeriesDisc& disc, const std::vector<SeriesDisc>& others, int season,
                                const std::vector<NumberedTrack>& numbered);

}  // namespace amphi
