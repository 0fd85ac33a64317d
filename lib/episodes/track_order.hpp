// Which tracks are numbered, and in which order.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "amphi/episodes.hpp"

namespace amphi {

struct OrderedTracks {
  std::vector<const Track*> tracks;                             // of the disc given
  std::vector<std::pair<const Track*, const Track*>> repeated;  // play what another plays, which comes second
  std::string order, reason;                                    // "play_all", "in the order of the play-all, track 4"
  std::string caveat;                                           // why it is not that of the play-all; "" without one
  std::vector<std::string> notes;
};

// Throws kNotFound without any, kUsage where a play-all was asked for and none plays them.
OrderedTracks order_tracks(const SeriesDisc& disc, const EpisodesAsked& asked);

}  // namespace amphi
