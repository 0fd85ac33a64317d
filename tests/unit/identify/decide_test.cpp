#include "support.hpp"

namespace amphi {
namespace {

using namespace test;

HistoryEntry entry(const std::string& event, const std::string& detail, std::optional<TrackId> track = std::nullopt) {
  HistoryEntry made;
  made.disc_id = {7};
  made.track_id = track;
  made.event = event;
  made.detail = detail;
  return made;
}

Proposal of_disc(const std::string& title) {
  Proposal proposal;
  proposal.disc.title = title;
  return proposal;
}

// "title: A -> B", with "kept " before what is not written.
std::vector<std::string> told(const Decisions& decisions) {
  std::vector<std::string> lines;
  for (const auto& field : decisions.fields)
    lines.push_back((field.written ? "" : "kept ") + field.field + ": " + field.now.value_or("-") + " -> " +
                    field.proposed.value_or("-"));
  return lines;
}
using Lines = std::vector<std::string>;

bool is_empty(const Edit& edit) {
  return !edit.disc.title && edit.tracks.empty();
}

Decisions decided(const std::optional<std::string>& title, const std::vector<HistoryEntry>& history,
                  HandEdits hand_edits = HandEdits::kKeep) {
  auto disc = disc_of(DiscKind::kDvd);
  disc.edits.title = title;
  return decide(disc, {}, history, of_disc("New"), hand_edits);
}

TEST(Decide, what_is_empty_is_filled) {
  const auto decisions = decided(std::nullopt, {});
  EXPECT_EQ(told(decisions), Lines{"title: - -> New"});
  EXPECT_EQ(decisions.disc.edits.title, "New");
  ASSERT_TRUE(decisions.edit.disc.title);
  EXPECT_EQ(*decisions.edit.disc.title, "New");
  EXPECT_FALSE(decisions.edit.disc.year);
}

TEST(Decide, what_is_the_same_is_not_touched) {
  const auto decisions = decided("New", {});
  EXPECT_TRUE(decisions.fields.empty());
  EXPECT_TRUE(is_empty(decisions.edit));
}

TEST(Decide, a_users_word_is_kept_unless_forced) {
  const auto edited = entry("edited", R"({"title": {"from": null, "to": "Mine"}})");
  const auto kept = decided("Mine", {edited});
  EXPECT_EQ(told(kept), Lines{"kept title: Mine -> New"});
  EXPECT_TRUE(is_empty(kept.edit));
  EXPECT_EQ(kept.disc.edits.title, "Mine");
  EXPECT_EQ(told(decided("Mine", {edited}, HandEdits::kOverwrite)), Lines{"title: Mine -> New"});
  EXPECT_EQ(told(decided("Mine", {})), Lines{"kept title: Mine -> New"});  // imported: nobody wrote down who said it
}

TEST(Decide, what_an_identification_wrote_may_change) {
  const auto identified = entry("identified", R"({"title": {"from": null, "to": "Old"}})");
  EXPECT_EQ(told(decided("Old", {identified})), Lines{"title: Old -> New"});
  EXPECT_EQ(told(decided("Other", {identified})), Lines{"kept title: Other -> New"});  // since then somebody changed it
  const auto edited = entry("edited", R"({"title": {"from": "x", "to": "Old"}})");
  EXPECT_EQ(told(decided("Old", {edited, identified})), Lines{"kept title: Old -> New"});
  EXPECT_EQ(told(decided("Old", {identified, edited})), Lines{"title: Old -> New"});
  const auto year = entry("edited", R"({"year": {"from": null, "to": 1999}})");
  EXPECT_EQ(told(decided("Old", {year, identified})), Lines{"title: Old -> New"});
  const auto of_track = entry("edited", R"({"title": {"from": "x", "to": "Old"}})", TrackId{101});
  EXPECT_EQ(told(decided("Old", {of_track, identified})), Lines{"title: Old -> New"});
}

TEST(Decide, a_history_that_is_no_json_tells_nothing) {
  EXPECT_EQ(told(decided(
                "Old", {entry("identified", "{"), entry("identified", "[]"), entry("identified", R"({"title": 3})")})),
            Lines{"kept title: Old -> New"});
}

class OfTrack : public testing::Test {
 protected:
  Track track_ = track_of(1, "dvd:1", 100);
  TrackEdits proposed_;

  Decisions decided(const std::vector<HistoryEntry>& history = {}, HandEdits hand_edits = HandEdits::kKeep) {
    Proposal proposal;
    proposal.tracks.push_back({track_.id, 1, proposed_, "length"});
    return decide(disc_of(DiscKind::kDvd), {track_}, history, proposal, hand_edits);
  }
};

TEST_F(OfTrack, each_field_is_written) {
  proposed_ = Said{.track_name = "Two", .track_type = TrackType::kEpisode, .season = 1, .episode = 2, .episode_end = 3};
  const auto decisions = decided();
  EXPECT_EQ(told(decisions), (Lines{"track_type: - -> episode", "track_name: - -> Two", "season: - -> 1",
                                    "episode: - -> 2", "episode_end: - -> 3"}));
  ASSERT_EQ(decisions.edit.tracks.size(), 1U);
  EXPECT_EQ(decisions.edit.tracks[0].id, track_.id);
  EXPECT_EQ(*decisions.edit.tracks[0].episode_end, 3);
  EXPECT_EQ(decisions.tracks[0].type(), TrackType::kEpisode);
  EXPECT_EQ(decisions.fields[0].track, track_.id);
  EXPECT_EQ(decisions.fields[0].track_number, 1);
}

TEST_F(OfTrack, numbers_are_kept_together) {
  track_.edits.season = 2;
  proposed_ = Said{.track_type = TrackType::kEpisode, .season = 1, .episode = 5};
  const auto decisions = decided();
  EXPECT_EQ(told(decisions), (Lines{"track_type: - -> episode", "kept season: 2 -> 1", "kept episode: - -> 5"}));
  EXPECT_EQ(decisions.tracks[0].edits.episode, std::nullopt);
  EXPECT_EQ(told(decided({}, HandEdits::kOverwrite)),
            (Lines{"track_type: - -> episode", "season: 2 -> 1", "episode: - -> 5"}));
}

TEST_F(OfTrack, a_range_that_became_one_episode_loses_its_end) {
  track_.edits = Said{.track_type = TrackType::kEpisode, .season = 1, .episode = 2, .episode_end = 3};
  proposed_ = Said{.track_type = TrackType::kEpisode, .season = 1, .episode = 4};
  const auto identified =
      entry("identified", R"({"season": {"to": 1}, "episode": {"to": 2}, "episode_end": {"to": 3}})", track_.id);
  const auto decisions = decided({identified});
  EXPECT_EQ(told(decisions), (Lines{"episode: 2 -> 4", "episode_end: 3 -> -"}));
  EXPECT_EQ(decisions.tracks[0].edits.episode_end, std::nullopt);
  ASSERT_TRUE(decisions.edit.tracks.at(0).episode_end);
  EXPECT_FALSE(*decisions.edit.tracks[0].episode_end);
}

TEST_F(OfTrack, what_a_user_calls_a_trailer_becomes_no_episode) {
  track_.edits.track_type = TrackType::kTrailers;
  proposed_ = Said{.track_name = "Two", .track_type = TrackType::kEpisode, .season = 1, .episode = 2};
  const auto decisions = decided();
  EXPECT_EQ(told(decisions), (Lines{"kept track_type: trailers -> episode", "track_name: - -> Two"}));
}

TEST_F(OfTrack, a_track_that_is_gone_is_passed_over) {
  proposed_.track_name = "X";
  Proposal proposal;
  proposal.tracks.push_back({{999}, 9, proposed_, "length"});
  EXPECT_TRUE(is_empty(decide(disc_of(DiscKind::kDvd), {track_}, {}, proposal, HandEdits::kKeep).edit));
}

}  // namespace
}  // namespace amphi
