// Tracks whose lengths name one runtime and no other, whatever their order.
#pragma once

#include <optional>
#include <vector>

#include "episodes/alignment.hpp"

namespace amphi {

// Absent: the length fits none exactly, several, or another track's as well.
std::vector<std::optional<Place>> find_exact_lengths(const std::vector<double>& tracks,
                                                     const std::vector<ListedLength>& list, double factor);

}  // namespace amphi
