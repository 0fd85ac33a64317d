// What the disc's author called a playlist, where the ripper could read it: "FPL_MainFeature", "SF_DS_PlayAll",
// "SF_06_Trailer". The word of who made the disc, so it goes before everything that is inferred.
#pragma once

#include <string>
#include <string_view>

#include "classify/tracks.hpp"

namespace amphi {

// Of what makemkvcon notes of a title: the comment, or what stands in parentheses at the end of
// "16 chapter(s) , 59.6 GB (FPL_MainFeature)"; "" where there is no name. A title of the disc's metadata is none.
std::string author_name(std::string_view ripper_note);

// A DVD's program chains are noted as "B1": no name.
bool has_author_name(const RuledTrack& track);
bool is_named_main(const RuledTrack& track);
bool is_named_play_all(const RuledTrack& track);

}  // namespace amphi
