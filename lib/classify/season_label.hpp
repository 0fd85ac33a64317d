// Whether a disc's label says that it is one of a series: "SHOW_S1_D2", "SHOW_SEASON_2", "SHOW_S01D03".
#pragma once

#include <string_view>

namespace amphi {

bool names_a_season(std::string_view volume_label);

}  // namespace amphi
