// How values of amphi's are written in what a failing test says.
#pragma once

#include <ostream>

#include "amphi/track.hpp"

namespace amphi {

inline std::ostream& operator<<(std::ostream& out, TrackType type) {
  return out << to_string(type);
}

}  // namespace amphi
