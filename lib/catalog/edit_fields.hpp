// Setting a field from a value of a patch; `place` ("disc.", "tracks[0].") goes before its name in messages.
#pragma once

#include "amphi/edit.hpp"
#include "catalog/edit_value.hpp"

namespace amphi {

void set_disc_value(DiscChange& change, std::string_view place, std::string_view field, const GivenValue& given);
void set_track_value(TrackChange& change, std::string_view place, std::string_view field, const GivenValue& given);

}  // namespace amphi
