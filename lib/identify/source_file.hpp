// What TheDiscDB calls the sources of titles, in amphi's words.
#pragma once

#include <string>
#include <string_view>

namespace amphi {

// "00800.mpls" -> "mpls:00800", "00800.mpls(2)" -> "mpls:00800.angle2", "02" -> "dvd:2"; "" for anything else.
std::string reference_of_source_file(std::string_view source_file);

// "1-3,4" and "1,2,3,4" are the same; "" is like nothing.
bool same_segment_map(std::string_view one, std::string_view other);

}  // namespace amphi
