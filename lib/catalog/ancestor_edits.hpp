// What the ancestor's user said of a disc and a track, as edits of amphi's: what amphi would refuse of him is noted.
#pragma once

#include <optional>

#include "amphi/disc.hpp"
#include "amphi/edit.hpp"
#include "catalog/ancestor_row.hpp"

namespace amphi {

DiscChange disc_edits_in(const RowReader& row);
// Without its type, which may be no more than the program's guess: see is_touched.
TrackChange track_edits_in(const RowReader& row);
// Whether the user has done or said anything about the track: what it is taken for he has seen, then.
bool is_touched(const RowReader& row);
std::optional<ReprocessingType> flag_in(const RowReader& row);

}  // namespace amphi
