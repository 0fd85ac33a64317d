#include "model/season_label.hpp"

#include <ostream>

#include <gtest/gtest.h>

namespace amphi {

inline void PrintTo(const SeasonLabel& label, std::ostream* out) {
  *out << "season " << label.season.value_or(-1) << ", disc " << label.disc.value_or(-1) << ", named "
       << label.names_season << ", show '" << label.show << "'";
}

namespace {

struct LabelCase {
  const char* label;
  int season, disc;  // -1: not told
  const char* show;
};

void expect_each(const std::vector<LabelCase>& cases) {
  for (const auto& expected : cases) {
    SeasonLabel label;
    if (expected.season >= 0) label.season = expected.season;
    if (expected.disc >= 0) label.disc = expected.disc;
    label.names_season = expected.season >= 0;
    label.show = expected.show;
    EXPECT_EQ(parse_season_label(expected.label), label) << expected.label;
  }
}

TEST(SeasonLabel, SeasonAndDisc) {
  expect_each({{"SHOW_S1_D2", 1, 2, "SHOW"},
               {"SHOW S01 DISC 2", 1, 2, "SHOW"},
               {"Show_S01D03", 1, 3, "SHOW"},
               {"show-s2-d1", 2, 1, "SHOW"},
               {"FRIENDS_S10_DISC_4", 10, 4, "FRIENDS"},
               {"THE_BIG_SHOW_SEASON_2_DISC_1", 2, 1, "THE BIG SHOW"},
               {"SHOW_SEASON2_DISC3", 2, 3, "SHOW"},
               {"SHOW_SEASON2DISC3", 2, 3, "SHOW"},
               {"SHOW_S2_DVD3", 2, 3, "SHOW"},
               {"SHOW_S2_BD1", 2, 1, "SHOW"},
               {"24_S1_D1", 1, 1, "24"},
               {"THE_100_S2_D3", 2, 3, "THE 100"},
               {"S_W_A_T_S1_D1", 1, 1, "S W A T"},
               {"S1_D2", 1, 2, ""},
               {"SHOW_S0_D1", 0, 1, "SHOW"},
               {"SHOW_S1_DISC_TWO", 1, 2, "SHOW"}});
}

TEST(SeasonLabel, WordsAndOrdinals) {
  expect_each({{"THE_SHOW_THE_COMPLETE_FIRST_SEASON_DISC_2", 1, 2, "THE SHOW"},
               {"SHOW_2ND_SEASON_D1", 2, 1, "SHOW"},
               {"SHOW_SEASON_TWO", 2, -1, "SHOW"},
               {"DISC_2_SEASON_3", 3, 2, ""}});
}

TEST(SeasonLabel, OtherLanguages) {
  expect_each({{"DIE_SERIE_STAFFEL_2_DVD_1", 2, 1, "DIE SERIE"},
               {"LA_SERIE_SAISON_3_DISQUE_2", 3, 2, "LA SERIE"},
               {"SHOW_SERIES_2_DISC_1", 2, 1, "SHOW"},
               {"LA_CASA_TEMPORADA_1_DISCO_2", 1, 2, "LA CASA"},
               {"POK\xC3\x89MON_S1_D1", 1, 1, "POK\xC3\x89MON"}});
}

TEST(SeasonLabel, SeasonAlone) {
  expect_each({{"SHOW_SEASON_2", 2, -1, "SHOW"},
               {"SHOW_SEASON2", 2, -1, "SHOW"},
               {"SHOW_S01", 1, -1, "SHOW"},
               {"SHOW_S01E01", 1, -1, "SHOW"},
               {"SHOW_S1_DISC_A", 1, -1, "SHOW"}});
}

TEST(SeasonLabel, DiscAlone) {
  expect_each({{"FIREFLY_DISC_2", -1, 2, "FIREFLY"},
               {"FIREFLY_D2", -1, 2, "FIREFLY"},
               {"FIREFLY_DISC2", -1, 2, "FIREFLY"},
               {"LES_MISERABLES_D1", -1, 1, "LES MISERABLES"},
               {"DISC_1", -1, 1, ""},
               {"BOX_DVD_4", -1, 4, "BOX"}});
}

TEST(SeasonLabel, ASeasonWithoutItsNumber) {
  for (const auto* text : {"SHOW_THE_FINAL_SEASON_D1", "SHOW_COMPLETE_SEASON"}) {
    const auto label = parse_season_label(text);
    EXPECT_TRUE(label.names_season) << text;
    EXPECT_FALSE(label.season) << text;
    EXPECT_EQ(label.show, "SHOW") << text;
  }
}

TEST(SeasonLabel, FilmsAndOthersNameNone) {
  for (const auto* text : {"",
                           "_",
                           "ALIENS",
                           "S1",
                           "S1MPLE",
                           "MISSION_2",
                           "SE7EN",
                           "SEASON_OF_THE_WITCH",
                           "OPEN_SEASON",
                           "APOLLO_S13",
                           "LES_MISERABLES_D1",
                           "STEP_S",
                           "SD_D",
                           "BD50_D2",
                           "S123_D1",
                           "SERIES_7_THE_CONTENDERS",
                           "R2D2",
                           "D2",
                           "THE_FOUR_SEASONS",
                           "UNFORTUNATE_EVENTS_SERIES",
                           "S1D",
                           "S1DX_D1",
                           "SEASONING_2",
                           "DVD_VIDEO_RECORDER",
                           "300",
                           "MOVIE_S",
                           "DISC",
                           "MOVIE_BD50",
                           "S_1_D_1",
                           "SHOW_S2000_D1",
                           "SEASON"})
    EXPECT_FALSE(names_a_season(text)) << text;
}

TEST(SeasonLabel, WhatIsNoNumberOfADisc) {
  for (const auto* text : {"MOVIE_BD50", "MOVIE_BD25_UHD", "D2", "DVD_VIDEO", "DISCO", "DISC_JOCKEY", "R2D2", "3D"})
    EXPECT_FALSE(parse_season_label(text).disc) << text;
}

TEST(SeasonLabel, EveryBeginningOfALabelIsRead) {
  const std::string whole = "THE_SHOW_THE_COMPLETE_FIRST_SEASON_S01D02_DISC_99_\xC3\x89";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const auto label = parse_season_label(whole.substr(0, length));
    EXPECT_LE(label.show.size(), length);
  }
}

}  // namespace
}  // namespace amphi
