// With which number a disc begins: after what is numbered before it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/episodes.hpp"

namespace amphi {

struct FirstNumber {
  std::optional<int> number;  // absent: a disc before is not numbered
  std::string reason;
  bool kept = false;  // what it was numbered with before
};

// `chosen`: the tracks that get numbers, whose own do not count. `own`: the number with which they begin now.
FirstNumber find_first_number(const SeriesDisc& disc, int season, const std::vector<SeriesDisc>& others,
                              const std::vector<const Track*>& chosen, std::optional<int> own);

// The last number that a track of this season holds; nothing where it is not of it, or gone from the disc.
std::optional<int> last_number(const Track& track, int season);

}  // namespace amphi
