#include "support.hpp"

namespace amphi::test {
namespace {

TEST(PlayAll, EpisodesAndTheTitleThatPlaysThemAll) {
  const auto classes =
      classes_of(DiscKind::kDvd, {title(1, 3960, "VTS_01", {{0, 9}, {10, 19}, {20, 29}}),
                                  title(2, 1320, "VTS_01", {{0, 9}}), title(3, 1290, "VTS_01", {{10, 19}}),
                                  title(4, 1350, "VTS_01", {{20, 29}}), title(5, 600, "VTS_02", {{0, 5}})});
  EXPECT_EQ(types_of(classes), (Types{kPlayAll, kEpisode, kEpisode, kEpisode, kFeaturettes}));
  EXPECT_TRUE(says(classes[0], "dvd:2, dvd:3, dvd:4"));
  EXPECT_TRUE(says(classes[1], "dvd:1 plays them all"));
  EXPECT_EQ(classes[1].confidence, "high");
}

TEST(PlayAll, WithCellsOfItsOwnIsToldByDurationsAndSizes) {
  auto tracks = std::vector{logged_title(1, 3960, "1-30"), logged_title(2, 1320, "1-10"), logged_title(3, 1290, "1-10"),
                            logged_title(4, 1350, "1-10")};
  EXPECT_EQ(types_of(DiscKind::kDvd, tracks), (Types{kPlayAll, kEpisode, kEpisode, kEpisode}));
  tracks[0].size_bytes /= 2;
  EXPECT_NE(types_of(DiscKind::kDvd, tracks)[0], kPlayAll);
}

TEST(PlayAll, CardsBetweenThePartsTakeSecondsAndNoBytes) {
  auto whole = logged_title(9, 240, "1-4,5", 4);
  whole.size_bytes = 235'000'000;
  const std::vector<ScannedTrack> tracks{logged_title(1, 6600, "1-25", 25), whole, logged_title(10, 28, "1,2", 2),
                                         logged_title(11, 75, "1,2", 2), logged_title(12, 131, "1,2", 2)};
  EXPECT_EQ(types_of(DiscKind::kDvd, tracks),
            (Types{kMainFeature, kPlayAll, kDeletedScenes, kDeletedScenes, kDeletedScenes}));
}

TEST(PlayAll, OfSeveralSumsTheBestCountsAndNoneAcrossTheWhole) {
  std::vector<ScannedTrack> tracks{logged_title(1, 6600, "1-25", 25)};
  for (const double seconds : {75.0, 131.0, 512.0, 144.0, 157.0, 147.0, 64.0})
    tracks.push_back(logged_title(static_cast<int>(tracks.size()) + 1, seconds, "1,2", 2));
  const auto classes = classes_of(DiscKind::kDvd, tracks);
  EXPECT_EQ(classes[3].type, kPlayAll);
  EXPECT_TRUE(says(classes[3], "plays dvd:5, dvd:6, dvd:7, dvd:8 one after the other"));
  tracks[3] = logged_title(4, 350, "1,2", 2);  // the two before and the first after it
  EXPECT_NE(types_of(DiscKind::kDvd, tracks)[3], kPlayAll);
}

TEST(PlayAll, SumsAreChanceOnABluray) {
  EXPECT_EQ(by(find_play_all, {clip(1, 208), clip(2, 100), clip(3, 60), clip(4, 48)}),
            (std::vector<std::optional<TrackType>>(4, std::nullopt)));
}

TEST(PlayAll, OfExtrasThatShareALogo) {
  EXPECT_EQ(types_of(DiscKind::kBluray,
                     {playlist(1, 6780, "11", 16), playlist(216, 1440, "99,100,101,114", 9, kExtraRate),
                      playlist(200, 482, "99,114", 1, kExtraRate), playlist(201, 484, "100,114", 1, kExtraRate),
                      playlist(202, 483, "101,114", 1, kExtraRate)}),
            (Types{kMainFeature, kPlayAll, kFeaturettes, kFeaturettes, kFeaturettes}));
}

TEST(Episodes, ThreeOfOneLength) {
  const auto classes = classes_of(DiscKind::kDvd, {logged_title(1, 1320, "1-11,12"), logged_title(2, 1326, "1-11,12"),
                                                   logged_title(3, 1332, "1-11,12")});
  EXPECT_EQ(types_of(classes), (Types{kEpisode, kEpisode, kEpisode}));
  EXPECT_TRUE(says(classes[0], "one of 3 of about 22:06"));
}

TEST(Episodes, ALongFirstOneIsNoMainFeature) {
  EXPECT_EQ(types_of(DiscKind::kDvd, {logged_title(1, 2700, "1"), logged_title(2, 1320, "1"),
                                      logged_title(3, 1344, "1"), logged_title(4, 1308, "1")}),
            (Types{kEpisode, kEpisode, kEpisode, kEpisode}));
  const auto hours = classes_of(DiscKind::kBluray, {playlist(1, 5280, "1", 12), playlist(2, 2640, "2", 6),
                                                    playlist(3, 2600, "3", 6), playlist(4, 2660, "4", 6)});
  EXPECT_EQ(types_of(hours), (Types{kEpisode, kEpisode, kEpisode, kEpisode}));
  EXPECT_TRUE(says(hours[0], "1:28:00 instead of about 44:00"));
}

TEST(Episodes, AFilmBesideThreeLongFeaturettesIsNoSeries) {
  EXPECT_EQ(types_of(DiscKind::kBluray, {playlist(1, 5040, "1"), playlist(2, 2400, "2"), playlist(3, 2460, "3"),
                                         playlist(4, 2520, "4")})[0],
            kMainFeature);
  EXPECT_EQ(types_of(DiscKind::kBluray, {playlist(1, 4300, "1", 16), playlist(2, 2400, "2", 5, kExtraRate),
                                         playlist(3, 2460, "3", 5, kExtraRate), playlist(4, 2520, "4", 5, kExtraRate),
                                         playlist(5, 2520, "5", 5, kExtraRate)})[0],
            kMainFeature);
}

TEST(Episodes, DividedAlikeMayDifferMoreInLength) {
  EXPECT_EQ(types_of(DiscKind::kBluray,
                     {playlist(800, 3631, "65", 7), playlist(801, 2864, "66", 7), playlist(802, 3453, "67", 7)}),
            (Types{kEpisode, kEpisode, kEpisode}));
  EXPECT_EQ(types_of(DiscKind::kBluray,
                     {playlist(800, 3631, "65", 7), playlist(801, 2864, "66", 8), playlist(802, 3453, "67", 9)})[0],
            kMainFeature);
  EXPECT_EQ(types_of(DiscKind::kBluray, {playlist(21, 3976, "15", 6), playlist(22, 2860, "16", 6),
                                         playlist(23, 2475, "17", 6), playlist(24, 2509, "18", 6)}),
            (Types{kEpisode, kEpisode, kEpisode, kEpisode}));
}

TEST(Episodes, ALongThinnerTrackBesideThemIsADocumentary) {
  std::vector<ScannedTrack> tracks{playlist(33, 3729, "26", 6, 0.9e6)};
  for (int i = 0; i < 6; ++i) tracks.push_back(playlist(20 + i, 1400 + i * 20, std::to_string(40 + i), 6, 3.2e6));
  EXPECT_EQ(types_of(DiscKind::kBluray, tracks),
            (Types{kFeaturettes, kEpisode, kEpisode, kEpisode, kEpisode, kEpisode, kEpisode}));
}

TEST(Episodes, BareClipsOfUnlikeLengthsAreNone) {
  EXPECT_EQ(by([](RuledTracks& tracks) { find_episodes(tracks, false); }, {clip(1, 800), clip(2, 900), clip(3, 950)}),
            (std::vector<std::optional<TrackType>>(3, std::nullopt)));
  EXPECT_EQ(
      by([](RuledTracks& tracks) { find_episodes(tracks, false); }, {clip(1, 1300), clip(2, 1310), clip(3, 1320)}),
      (std::vector<std::optional<TrackType>>(3, kEpisode)));
}

TEST(Episodes, TwoDividedAlikeAreTheLastDiscOfASeason) {
  const auto first = playlist(800, 3120, "65", 7), second = playlist(801, 4058, "66", 7);
  EXPECT_EQ(types_of(DiscKind::kUhd, {first, second, playlist(252, 2886, "97", 5, kExtraRate)}),
            (Types{kEpisode, kEpisode, kFeaturettes}));
  EXPECT_EQ(types_of(DiscKind::kUhd, {first, playlist(801, 4058, "65,66", 7)}), (Types{kMainFeature, kMainFeature}))
      << "two cuts";
  EXPECT_EQ(types_of(DiscKind::kUhd, {first, playlist(801, 4058, "66", 12)})[1], kMainFeature) << "divided otherwise";
  EXPECT_EQ(types_of(DiscKind::kUhd, {first, playlist(900, 4058, "66", 7)})[1], kMainFeature) << "not side by side";
  EXPECT_EQ(types_of(DiscKind::kDvd, {logged_title(1, 2500, "1", 5), logged_title(2, 2460, "1", 5)}),
            (Types{kEpisode, kEpisode}));
  EXPECT_EQ(types_of(DiscKind::kDvd, {logged_title(1, 5000, "1", 5), logged_title(2, 4960, "1", 5)})[0], kMainFeature);
}

TEST(Episodes, OnePlaylistOfEqualClipsIsSeveral) {
  auto volume = playlist(0, 7354, "0,11,12,13,3", 27);
  for (const double seconds : {12.0, 1466.0, 1467.0, 1466.0, 30.0})
    volume.segments.push_back({static_cast<int>(volume.segments.size()) + 1, 0, 1, seconds});
  const auto classes = classes_of(DiscKind::kBluray, {volume});
  EXPECT_EQ(types_of(classes), (Types{kEpisode}));
  EXPECT_TRUE(says(classes[0], "plays 3 clips of about 24:27"));
  volume.segments[2].duration_seconds = 1700;
  EXPECT_EQ(types_of(DiscKind::kBluray, {volume}), (Types{kMainFeature})) << "a film's reels";
}

TEST(Episodes, TheLabelMayNameASeason) {
  const auto tracks =
      std::vector{playlist(1, 5400, "1", 8), playlist(2, 5300, "2", 9), playlist(3, 1500, "3", 1, kExtraRate)};
  EXPECT_EQ(types_of(DiscKind::kBluray, tracks, "SHERLOCK_S1_D2"), (Types{kEpisode, kEpisode, kFeaturettes}));
  EXPECT_EQ(types_of(DiscKind::kBluray, tracks)[0], kMainFeature);
  EXPECT_EQ(types_of(DiscKind::kDvd, {logged_title(1, 8000, "1-4", 4)}, "SHOW_SEASON_2"), (Types{kEpisode}))
      << "no film is claimed";
}

TEST(Audio, TracksOfACdAreAudio) {
  EXPECT_EQ(types_of(DiscKind::kCd, {playlist(1, 4200, "1", 0, 176400, "cd"), playlist(2, 180, "2", 0, 176400, "cd")}),
            (Types{kAudio, kAudio}));
}

}  // namespace
}  // namespace amphi::test
