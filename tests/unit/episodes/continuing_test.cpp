// Several discs of a set: which season, where a disc begins, numbering again.
#include "support.hpp"

namespace amphi::test {
namespace {

const std::vector<double> kTwo{2640, 2650};

SeriesDisc numbered(SeriesDisc disc, const EpisodesAsked& asked = {}, const std::vector<SeriesDisc>& others = {}) {
  save(disc, number_episodes(disc, asked, others));
  return disc;
}

TEST(Season, AsAskedForElseAsTheLabelSays) {
  const auto disc = disc_of(1, "SHOW_S3_D1", kTwo);
  EXPECT_EQ(number_episodes(disc, {}, {}).season, 3);
  EXPECT_NE(number_episodes(disc, {}, {}).season_reason.find("SHOW_S3_D1"), std::string::npos);
  EXPECT_EQ(number_episodes(disc, of_season(4), {}).season, 4);
}

TEST(Season, OfTheListWhereTheLabelIsSilentAndElseAsBefore) {
  auto disc = disc_of(1, "SHOW", kTwo);
  EXPECT_EQ(number_episodes(disc, with_list("s02e03 44:00\ns02e04 44:10"), {}).season, 2);
  save(disc, number_episodes(disc, of_season(5), {}));
  EXPECT_EQ(number_episodes(disc, {}, {}).season, 5);
}

TEST(Season, UnknownIsAnErrorThatSaysWhatToGive) {
  const auto error = refused([] { number_episodes(disc_of(1, "SHOW", kTwo), {}, {}); });
  EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  EXPECT_NE(error.message().find("SHOW"), std::string::npos);
  EXPECT_NE(error.hint().find("--season"), std::string::npos);
}

TEST(Continuing, TheDiscsBeforeByTheirLabels) {
  const auto one = numbered(disc_of(1, "SHOW_S1_D1", {2640, 2650, 2660}));
  const auto two = numbered(disc_of(2, "SHOW_S1_D2", kTwo), {}, {one});
  EXPECT_EQ(two.tracks[0].edits.episode, 4);
  const auto found = number_episodes(disc_of(3, "SHOW_S1_D3", kTwo), {}, {one, two});
  EXPECT_EQ(told(found), "1 s01e06, 2 s01e07");
  EXPECT_EQ(found.first_reason, "continues after br-0000002, s01e05");
}

TEST(Continuing, AGapIsAnError) {
  const auto one = numbered(disc_of(1, "SHOW_S1_D1", kTwo)), two = disc_of(2, "SHOW_S1_D2", kTwo);
  const auto three = disc_of(3, "SHOW_S1_D3", kTwo);
  for (const auto& others : {std::vector{one}, std::vector{one, two}}) {
    const auto error = refused([&] { number_episodes(three, {}, others); });
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_EQ(error.message(), "disc 3 of season 1 comes after disc 2, which is not numbered");
    EXPECT_NE(error.hint().find("--first"), std::string::npos);
  }
  EXPECT_EQ(refused([&] { number_episodes(three, {}, {}); }).message(),
            "disc 3 of season 1 comes after discs 1, 2, which are not numbered");
  EXPECT_EQ(told(number_episodes(three, from(9), {one})), "1 s01e09, 2 s01e10");
}

TEST(Continuing, ADiscWithoutEpisodesIsNoGap) {
  const auto one = numbered(disc_of(1, "SHOW_S1_D1", kTwo));
  auto extras = series_disc(2, "SHOW_S1_D2");
  add_track(extras, 600, "", TrackType::kFeaturettes);
  EXPECT_EQ(told(number_episodes(disc_of(3, "SHOW_S1_D3", kTwo), {}, {one, extras})), "1 s01e03, 2 s01e04");
}

TEST(Continuing, ADiscOfAnotherSeasonFillsNoGap) {
  auto extras = series_disc(1, "SHOW_S2_D1");
  add_track(extras, 600, "", TrackType::kFeaturettes);
  EXPECT_EQ(refused([&] { number_episodes(disc_of(2, "SHOW_S1_D2", kTwo), {}, {extras}); }).kind(), ErrorKind::kUsage);
}

TEST(Continuing, WhatIsLaterOrOfAnotherSeasonDoesNotCount) {
  const auto one = numbered(disc_of(1, "SHOW_S1_D1", kTwo));
  const auto three = numbered(disc_of(3, "SHOW_S1_D3", kTwo), from(9));
  const auto other = numbered(disc_of(4, "SHOW_S2_D1", {2640, 2650, 2660}));
  EXPECT_EQ(told(number_episodes(disc_of(2, "SHOW_S1_D2", kTwo), {}, {one, three, other})), "1 s01e03, 2 s01e04");
  EXPECT_EQ(told(number_episodes(disc_of(5, "SHOW_S1_D1", {2640, 2650}), {}, {three, other})), "1 s01e01, 2 s01e02");
}

TEST(Continuing, ANumberThatIsTakenIsRefusedUnlessItWasAskedFor) {
  const auto one = numbered(disc_of(1, "SHOW_S1_D1", kTwo));
  const auto three = numbered(disc_of(3, "SHOW_S1_D3", kTwo), from(4));
  const auto two = disc_of(2, "SHOW_S1_D2", kTwo);
  const auto error = refused([&] { number_episodes(two, {}, {one, three}); });
  EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  EXPECT_EQ(error.message(), "s01e04 is track 1 of br-0000003 already");
  const auto found = number_episodes(two, from(3), {one, three});
  EXPECT_EQ(told(found), "1 s01e03, 2 s01e04");
  EXPECT_TRUE(found.partly);
  EXPECT_TRUE(notes_say(found, "s01e04 is track 1 of br-0000003 already"));
}

TEST(Continuing, WithoutNumbersInTheLabelsAnyOtherDisc) {
  auto one = disc_of(1, "SHOW", kTwo), two = disc_of(2, "SHOW", kTwo);
  for (auto* disc : {&one, &two}) disc->disc.edits.title = "The Show";
  one = numbered(one, of_season(1));
  const auto found = number_episodes(two, of_season(1), {one});
  EXPECT_EQ(told(found), "1 s01e03, 2 s01e04");
  save(two, found);
  EXPECT_EQ(told(number_episodes(one, {}, {two})), "1 s01e01, 2 s01e02") << "numbered again";
  EXPECT_EQ(told(number_episodes(two, {}, {one})), "1 s01e03, 2 s01e04");
}

TEST(Continuing, OfABoxWhoseDiscsAreCountedThrough) {
  const auto one = numbered(disc_of(1, "SHOW_DISC_1", kTwo), of_season(1));
  auto two = disc_of(2, "SHOW_DISC_2", kTwo);
  EXPECT_EQ(told(number_episodes(two, of_season(1), {one})), "1 s01e03, 2 s01e04");
  EXPECT_EQ(told(number_episodes(two, of_season(2), {one})), "1 s02e01, 2 s02e02");
  EXPECT_EQ(refused([&] { number_episodes(two, of_season(1), {}); }).message(),
            "disc 2 comes after disc 1, which is not numbered");
}

TEST(Continuing, AfterTracksOfTheSameDisc) {
  auto disc = numbered(disc_of(1, "SHOW_S1_D1", kTwo));
  add_track(disc, 2640, "", TrackType::kOther);
  EpisodesAsked asked;
  asked.tracks = {disc.tracks[2].id};
  const auto found = number_episodes(disc, asked, {});
  EXPECT_EQ(told(found), "3 s01e03");
  EXPECT_EQ(found.first_reason, "continues after track 2, s01e02");
}

TEST(Continuing, SpecialsAreASeasonOfTheirOwn) {
  const auto one = numbered(disc_of(1, "SHOW_S1_D1", kTwo));
  auto extras = disc_of(3, "SHOW_S1_D3", kTwo);
  EXPECT_EQ(told(number_episodes(extras, of_season(0), {one})), "1 s00e01, 2 s00e02") << "no gap in specials";
  extras = numbered(extras, of_season(0), {one});
  EXPECT_EQ(told(number_episodes(disc_of(4, "SHOW_S1_D4", kTwo), of_season(0), {one, extras})), "1 s00e03, 2 s00e04");
}

TEST(Again, GivesTheSameNumbersAndClearsWhatIsStale) {
  const auto one = numbered(disc_of(1, "SHOW_S1_D1", kTwo));
  auto two = numbered(disc_of(2, "SHOW_S1_D2", kTwo), {}, {one});
  two.tracks[0].edits.episode_end = 4;
  const auto again = number_episodes(two, {}, {one});
  EXPECT_EQ(told(again), "1 s01e03, 2 s01e04");
  EXPECT_NE(again.tracks[0].reason.find("was s01e03-e04"), std::string::npos);
  save(two, again);
  EXPECT_FALSE(two.tracks[0].edits.episode_end);
  EXPECT_EQ(number_episodes(two, {}, {one}).tracks[0].reason.find("was"), std::string::npos);
}

TEST(Again, AGapThatWasNumberedByHandStays) {
  const auto three = numbered(disc_of(3, "SHOW_S1_D3", kTwo), from(9));
  const auto found = number_episodes(three, {}, {});
  EXPECT_EQ(told(found), "1 s01e09, 2 s01e10");
  EXPECT_EQ(found.first_reason, "as it was numbered before");
}

TEST(Again, FollowsADiscBeforeThatWasPutRight) {
  const auto one = numbered(disc_of(1, "SHOW_S1_D1", kTwo));
  const auto two = numbered(disc_of(2, "SHOW_S1_D2", kTwo), {}, {one});
  const auto right = numbered(disc_of(1, "SHOW_S1_D1", {2640, 2650, 2660}));
  const auto found = number_episodes(two, {}, {right});
  EXPECT_EQ(told(found), "1 s01e04, 2 s01e05");
  EXPECT_NE(found.tracks[0].reason.find("was s01e03"), std::string::npos);
}

TEST(OneShow, ByNameElseByTitleElseByLabel) {
  const auto disc = [](const std::string& label, std::optional<std::string> show, std::optional<std::string> title) {
    auto made = series_disc(1, label).disc;
    made.edits.show_name = std::move(show);
    made.edits.title = std::move(title);
    return made;
  };
  EXPECT_TRUE(are_of_one_show(disc("", "The Big Show", {}), disc("", "the big SHOW", "Other")));
  EXPECT_TRUE(are_of_one_show(disc("", "Marvel's Show", {}), disc("MARVELS_SHOW_S1_D1", {}, {})));
  EXPECT_TRUE(are_of_one_show(disc("SHOW_S1_D1", {}, "Show: Disc 1"), disc("SHOW_S1_D2", {}, "Show: Disc 2")));
  EXPECT_TRUE(are_of_one_show(disc("", {}, "Show"), disc("", "Show", {})));
  EXPECT_FALSE(are_of_one_show(disc("SHOW_S1_D1", "A", {}), disc("SHOW_S1_D2", "B", {}))) << "the user's word";
  EXPECT_FALSE(are_of_one_show(disc("", {}, {}), disc("", {}, {})));
  EXPECT_FALSE(are_of_one_show(disc("DISC_1", {}, {}), disc("DISC_2", {}, {})));
  auto movie = disc("", "Show", {}), dvd = movie;
  movie.edits.media_type = MediaType::kMovie;
  EXPECT_FALSE(are_of_one_show(movie, dvd));
  auto bluray = dvd;
  dvd.kind = DiscKind::kDvd;
  EXPECT_FALSE(are_of_one_show(bluray, dvd));
}

}  // namespace
}  // namespace amphi::test
