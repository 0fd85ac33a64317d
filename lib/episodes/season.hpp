// Which season, and the runtimes that are of it.
#pragma once

#include <string>
#include <vector>

#include "amphi/episodes.hpp"

namespace amphi {

struct Season {
  int number = 0;
  std::string reason;
};

// As asked for, else as the list, the disc's label or the numbers that `chosen` have say; else throws kUsage.
Season find_season(const Disc& disc, const EpisodesAsked& asked, const std::vector<const Track*>& chosen);

std::vector<Runtime> runtimes_of(const std::vector<Runtime>& list, int season);

}  // namespace amphi
