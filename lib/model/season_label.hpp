// What a disc's label says of a series: "SHOW_S1_D2", "SHOW_S01D03", "SHOW_SEASON_2_DISC_1",
// "THE_COMPLETE_FIRST_SEASON". Pure; a guess: "OPEN_SEASON_2" is a film.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace amphi {

struct SeasonLabel {
  std::optional<int> season;  // 0 to 99
  std::optional<int> disc;    // of the season, else of the set
  bool names_season = false;  // a season, even where its number is not told: "THE_FINAL_SEASON"
  std::string show;           // the words before, in capitals: "THE SHOW"; "" where neither season nor disc is told
  bool operator==(const SeasonLabel&) const = default;
};

SeasonLabel parse_season_label(std::string_view volume_label);

bool names_a_season(std::string_view volume_label);

}  // namespace amphi
