// Ordered tracks, and the runtimes that they hold; without a list each holds the next one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/episodes.hpp"
#include "episodes/alignment.hpp"

namespace amphi {

struct PlacedTrack {
  const Track* track = nullptr;
  std::optional<Place> place;  // in the list; absent: left as it is
  std::string reason;
};

struct Placing {
  std::vector<PlacedTrack> tracks;
  bool reordered = false;  // by the list
  std::vector<std::string> notes;
};

Placing place_in_order(const std::vector<const Track*>& tracks, const std::string& order);

// Throws kUsage for more tracks than a series has.
Placing place_by_runtimes(const std::vector<const Track*>& tracks, const std::vector<Runtime>& list);

}  // namespace amphi
