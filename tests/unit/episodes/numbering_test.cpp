// Lists of runtimes against tracks, the edit that comes of it, and what is told.
#include "support.hpp"

namespace amphi::test {
namespace {

TEST(ByRuntimes, ADoubledEpisodeIsARangeAndNamesComeFromTheList) {
  const auto disc = disc_of(1, "SHOW_S1_D1", {5290, 2600});
  const auto found = number_episodes(disc, with_list("44:00 Pilot, Part 1\n44:10 Part 2\n43:20 The Third"), {});
  EXPECT_EQ(told(found), "1 s01e01-e02, 2 s01e03");
  EXPECT_EQ(found.tracks[0].name, "Pilot, Part 1 / Part 2");
  EXPECT_EQ(found.tracks[1].name, "The Third");
  EXPECT_EQ(found.tracks[0].reason, "lines 1 to 2, 1:28:10: as long");
  EXPECT_FALSE(found.partly);
}

TEST(ByRuntimes, AMissingEpisodeKeepsItsNumber) {
  const auto found =
      number_episodes(disc_of(1, "SHOW_S1_D1", {2700, 2900}), with_list("45:00 A\n41:40 B\n48:20 C"), {});
  EXPECT_EQ(told(found), "1 s01e01, 2 s01e03");
  EXPECT_TRUE(found.partly);
  ASSERT_EQ(found.unmatched.size(), 1U);
  EXPECT_EQ(found.unmatched[0].name, "B");
  EXPECT_TRUE(notes_say(found, "no track fits line 2, 41:40 B"));
}

TEST(ByRuntimes, ATrackThatFitsNothingIsLeftAlone) {
  auto disc = disc_of(1, "SHOW_S1_D1", {2700, 1500, 2900});
  disc.tracks[1].edits.track_name = "Making Of";
  const auto found = number_episodes(disc, with_list("45:00\n48:20"), {});
  EXPECT_EQ(told(found), "1 s01e01, 2 -, 3 s01e02");
  EXPECT_TRUE(found.partly);
  ASSERT_EQ(found.edit.tracks.size(), 2U);
  EXPECT_EQ(found.edit.tracks[1].id, disc.tracks[2].id);
  EXPECT_FALSE(found.edit.tracks[0].track_name) << "a list without names names nothing";
}

TEST(ByRuntimes, ATrackThatNobodyTookForAnEpisodeIsPointedOut) {
  auto disc = disc_of(1, "SHOW_S1_D1", {2700});
  add_track(disc, 2905, "", TrackType::kOther);
  EXPECT_TRUE(notes_say(number_episodes(disc, with_list("45:00\n48:20"), {}), "track 2, other, would"));
  disc.tracks[1].edits.wanted = false;
  EXPECT_FALSE(notes_say(number_episodes(disc, with_list("45:00\n48:20"), {}), "track 2"));
}

TEST(ByRuntimes, NothingThatFitsIsNothingToSave) {
  const auto found = number_episodes(disc_of(1, "SHOW_S1_D1", {2700}), with_list("20:00"), {});
  EXPECT_TRUE(found.partly);
  EXPECT_TRUE(found.edit.tracks.empty());
  EXPECT_FALSE(found.edit.disc.media_type);
}

TEST(ByRuntimes, AlikeLengthsAreToldAndTheOrderStays) {
  const auto found = number_episodes(disc_of(1, "SHOW_S1_D1", {1321, 1320}), with_list("22:00\n22:01\n22:00"), {});
  EXPECT_EQ(told(found), "1 s01e01, 2 s01e02");
  EXPECT_TRUE(notes_say(found, "too alike"));
}

TEST(ByRuntimes, ADiscInAnotherOrderIsToldByItsLengths) {
  const auto found =
      number_episodes(disc_of(1, "SHOW_S1_D1", {2500, 2700, 2600}), with_list("45:00 A\n43:20 B\n41:40 C"), {});
  EXPECT_EQ(told(found), "1 s01e03, 2 s01e01, 3 s01e02");
  EXPECT_EQ(found.order, "list");
}

TEST(ByRuntimes, ANumberedListOfTheWholeSeasonNeedsNoFirst) {
  const std::string season = "s01e01 45:00 A\ns01e02 41:40 B\ns01e03 48:20 C\ns01e04 43:20 D\ns02e01 45:00 X";
  auto one = disc_of(1, "SHOW_S1_D1", {2700, 2500}), two = disc_of(2, "SHOW_S1_D2", {2900, 2600});
  const auto second = number_episodes(two, with_list(season), {});
  EXPECT_EQ(told(second), "1 s01e03, 2 s01e04") << "though disc 1 is not numbered";
  EXPECT_FALSE(second.first);
  EXPECT_FALSE(second.partly) << "the first two are on another disc";
  EXPECT_EQ(second.unmatched.size(), 2U);
  EXPECT_TRUE(notes_say(second, "1 of the runtimes are of other seasons"));
  save(one, number_episodes(one, with_list(season), {}));
  save(two, number_episodes(two, with_list(season), {one}));
  EXPECT_EQ(told(number_episodes(two, with_list(season), {one})), "1 s01e03, 2 s01e04");
}

TEST(ByRuntimes, OfANumberedListTheDiscsBeforeAreLeftOut) {
  std::string season;
  for (int i = 1; i <= 6; ++i) season += std::to_string(i) + " 22:00\n";
  auto one = disc_of(1, "SHOW_S1_D1", {1320, 1320, 1320}), two = disc_of(2, "SHOW_S1_D2", {1320, 1320, 1320});
  save(one, number_episodes(one, with_list(season), {}));
  const auto found = number_episodes(two, with_list(season), {one});
  EXPECT_EQ(told(found), "1 s01e04, 2 s01e05, 3 s01e06");
  EXPECT_FALSE(notes_say(found, "too alike")) << "three are left for three";
  auto asked = with_list(season);
  asked.first = 7;
  EXPECT_EQ(refused([&] { number_episodes(two, asked, {one}); }).kind(), ErrorKind::kUsage);
}

TEST(ByRuntimes, AgainGivesTheSame) {
  auto disc = disc_of(1, "SHOW_S1", {2500, 2900});
  const auto list = with_list("45:00 A\n41:40 B\n48:20 C");
  auto asked = list;
  asked.season = 1;
  asked.first = 5;
  const auto found = number_episodes(disc, asked, {});
  EXPECT_EQ(told(found), "1 s01e06, 2 s01e07");
  save(disc, found);
  EXPECT_EQ(told(number_episodes(disc, list, {})), "1 s01e06, 2 s01e07") << "line 1 is still episode 5";
}

TEST(ByRuntimes, ATrackLeftAloneThatHasTheNumberIsTold) {
  auto disc = disc_of(1, "SHOW_S1_D1", {2700, 1500});
  disc.tracks[1].edits.season = 1;
  disc.tracks[1].edits.episode = 1;
  const auto found = number_episodes(disc, with_list("45:00"), {});
  EXPECT_EQ(told(found), "1 s01e01, 2 -");
  EXPECT_TRUE(notes_say(found, "s01e01 is track 2 already"));
}

TEST(ByRuntimes, AListOfAnotherSeasonIsRefused) {
  auto asked = with_list("s02e01 45:00");
  asked.season = 1;
  EXPECT_EQ(refused([&] { number_episodes(disc_of(1, "", {2700}), asked, {}); }).kind(), ErrorKind::kUsage);
}

TEST(Edits, TelevisionIsSaidWhereNothingIs) {
  auto disc = disc_of(1, "SHOW_S1_D1", {2700});
  EXPECT_EQ(number_episodes(disc, {}, {}).edit.disc.media_type, Change<MediaType>(MediaType::kTv));
  disc.disc.edits.media_type = MediaType::kMovie;
  const auto found = number_episodes(disc, {}, {});
  EXPECT_FALSE(found.edit.disc.media_type);
  EXPECT_TRUE(notes_say(found, "said to be a movie"));
}

TEST(Edits, TheShowsNameIsSuggestedAndNeverWritten) {
  auto disc = disc_of(1, "THE_BIG_SHOW_S1_D1", {2700});
  const auto found = number_episodes(disc, {}, {});
  EXPECT_TRUE(notes_say(found, "amphi disc edit br-0000001 --show-name 'The Big Show'")) << found.notes.front();
  EXPECT_FALSE(found.edit.disc.show_name);
  disc.disc.edits.show_name = "The Big Show";
  EXPECT_TRUE(number_episodes(disc, {}, {}).notes.empty());
}

TEST(Edits, APlaylistOfSeveralEpisodesIsPointedOut) {
  auto disc = disc_of(1, "SHOW_S1_D1", {4400});
  for (int i = 0; i < 3; ++i) disc.tracks[0].scanned.segments.push_back({i + 1, 0, 1, 1466});
  EXPECT_TRUE(notes_say(number_episodes(disc, {}, {}), "track 1 plays 3 clips of about 24:26"));
  EXPECT_FALSE(notes_say(number_episodes(disc, with_list("24:26\n24:26\n24:26"), {}), "clips"));
}

TEST(Edits, ALongTrackAmongOthersIsPointedOut) {
  EXPECT_TRUE(notes_say(number_episodes(disc_of(1, "SHOW_S1_D1", {5200, 2600, 2610}), {}, {}), "track 1 is 1:26:40"));
  EXPECT_FALSE(notes_say(number_episodes(disc_of(1, "SHOW_S1_D1", {3000, 2600, 2610}), {}, {}), "track 1"));
}

}  // namespace
}  // namespace amphi::test
