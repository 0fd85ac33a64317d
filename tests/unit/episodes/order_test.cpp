#include "support.hpp"

namespace amphi::test {
namespace {

constexpr double kEpisode = 2640;

EpisodesAsked in_order(EpisodeOrder order) {
  EpisodesAsked asked;
  asked.order = order;
  return asked;
}

// Three episodes whose play-all, the last track, plays the second first.
SeriesDisc with_play_all(const std::string& clips = "12,11,13") {
  auto disc = series_disc(1, "SHOW_S1_D1");
  for (const auto* clip : {"11", "12", "13"}) add_track(disc, kEpisode, clip);
  add_track(disc, 3 * kEpisode, clips, TrackType::kPlayAll);
  return disc;
}

TEST(Order, OfThePlayAllWhereItPlaysThemAll) {
  const auto found = number_episodes(with_play_all(), {}, {});
  EXPECT_EQ(told(found), "2 s01e01, 1 s01e02, 3 s01e03");
  EXPECT_EQ(found.order, "play_all");
  EXPECT_NE(found.order_reason.find("track 4"), std::string::npos);
  EXPECT_EQ(told(number_episodes(with_play_all(), in_order(EpisodeOrder::kPlayAll), {})), told(found));
}

TEST(Order, OfTheDiscWhereAskedFor) {
  const auto found = number_episodes(with_play_all(), in_order(EpisodeOrder::kDisc), {});
  EXPECT_EQ(told(found), "1 s01e01, 2 s01e02, 3 s01e03");
  EXPECT_EQ(found.order, "disc");
}

TEST(Order, APlayAllThatFallsShortIsTold) {
  const auto short_one = with_play_all("12,11");
  const auto found = number_episodes(short_one, {}, {});
  EXPECT_EQ(told(found), "1 s01e01, 2 s01e02, 3 s01e03");
  EXPECT_EQ(found.order_reason, "in the disc's order (the play-all, track 4, plays 2 of the 3)");
  EXPECT_EQ(found.tracks[0].reason, "1 of 3 in the disc's order");
  EXPECT_EQ(refused([&] { number_episodes(short_one, in_order(EpisodeOrder::kPlayAll), {}); }).kind(),
            ErrorKind::kUsage);
}

TEST(Order, ALogoThatEachEndsWithIsPlayedOnce) {
  auto disc = series_disc(1, "SHOW_S1_D1");
  for (const auto* clips : {"11,99", "12,99", "13,99"}) add_track(disc, kEpisode, clips);
  add_track(disc, 3 * kEpisode, "13,12,11,99", TrackType::kPlayAll);
  EXPECT_EQ(told(number_episodes(disc, {}, {})), "3 s01e01, 2 s01e02, 1 s01e03");
}

TEST(Order, TwoPlayAllsThatDifferAreTold) {
  auto disc = with_play_all();
  add_track(disc, 3 * kEpisode, "11,12,13", TrackType::kPlayAll);
  const auto found = number_episodes(disc, {}, {});
  EXPECT_EQ(told(found), "2 s01e01, 1 s01e02, 3 s01e03");
  EXPECT_TRUE(notes_say(found, "tracks 4 and 5, differ"));
}

TEST(Order, OfCellsWithinTheirTitleSet) {
  auto disc = series_disc(1, "SHOW_S1_D1", DiscKind::kDvd);
  const auto add_title = [&](const std::vector<int>& cells, TrackType type) {
    auto& track = add_track(disc, kEpisode, "1-2", type);
    track.scanned.reference = "dvd:" + std::to_string(track.scanned.number);
    track.scanned.source_name = "VTS_01";
    for (const auto cell : cells) track.scanned.segments.push_back({1, cell * 100, cell * 100 + 99, kEpisode});
  };
  add_title({5}, TrackType::kEpisode);
  add_title({3}, TrackType::kEpisode);
  add_title({3, 5}, TrackType::kPlayAll);
  EXPECT_EQ(told(number_episodes(disc, {}, {})), "2 s01e01, 1 s01e02");
  for (auto& track : disc.tracks) track.scanned.segments.clear();  // as a log tells it
  const auto found = number_episodes(disc, {}, {});
  EXPECT_EQ(told(found), "1 s01e01, 2 s01e02");
  EXPECT_NE(found.order_reason.find("is not known"), std::string::npos) << found.order_reason;
}

TEST(Order, OfPlaylistsWhateverTheRipperCallsThem) {
  auto disc = disc_of(1, "SHOW_S1_D1", {kEpisode, kEpisode});
  disc.tracks[0].scanned.reference = "mpls:00900";
  EXPECT_EQ(told(number_episodes(disc, {}, {})), "2 s01e01, 1 s01e02");
}

TEST(Choice, WantedEpisodesThatAreOnTheDisc) {
  auto disc = disc_of(1, "SHOW_S1_D1", {kEpisode, kEpisode, kEpisode, kEpisode, kEpisode});
  disc.tracks[0].edits.track_type = TrackType::kTrailers;
  disc.tracks[1].edits.wanted = false;
  disc.tracks[2].vanished = true;
  disc.tracks[4].classification.type = TrackType::kOther;
  disc.tracks[4].edits.track_type = TrackType::kEpisode;
  EXPECT_EQ(told(number_episodes(disc, {}, {})), "4 s01e01, 5 s01e02");
  EpisodesAsked asked;
  asked.tracks = {disc.tracks[0].id, disc.tracks[3].id};
  EXPECT_EQ(told(number_episodes(disc, asked, {})), "1 s01e01, 4 s01e02") << "what somebody chose";
}

TEST(Choice, TheSameEpisodeOnceMoreGetsNoNumber) {
  auto disc = disc_of(1, "SHOW_S1_D1", {kEpisode, kEpisode, kEpisode});
  disc.tracks[1].scanned.segment_map = disc.tracks[0].scanned.segment_map;
  const auto found = number_episodes(disc, {}, {});
  EXPECT_EQ(told(found), "1 s01e01, 3 s01e02, 2 -");
  EXPECT_NE(found.tracks[2].reason.find("plays what track 1 plays"), std::string::npos);
  EXPECT_FALSE(found.partly);
}

TEST(Choice, NoneIsAnError) {
  auto disc = series_disc(1, "SHOW_S1_D1");
  add_track(disc, kEpisode, "", TrackType::kMainFeature);
  const auto error = refused([&] { number_episodes(disc, {}, {}); });
  EXPECT_EQ(error.kind(), ErrorKind::kNotFound);
  EXPECT_NE(error.hint().find("--tracks"), std::string::npos);
  disc.disc.kind = DiscKind::kCd;
  EXPECT_EQ(refused([&] { number_episodes(disc, {}, {}); }).kind(), ErrorKind::kUsage);
}

}  // namespace
}  // namespace amphi::test
