#include "amphi/cleanup.hpp"

#include <gtest/gtest.h>

#include "amphi/config.hpp"
#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::kDone;
using snapshots::track;
constexpr std::int64_t kDay = 86'400'000'000'000;

std::vector<Stage> stages(const TrackSnapshot& snapshot, bool rips = true, bool transcodes = true) {
  return superfluous_stages(snapshot, {rips, transcodes, 0, 0});
}

FileName name(std::uint64_t inode, std::uint64_t links, std::int64_t bytes, Stage stage = Stage::kRip) {
  return {1, inode, links, bytes, stage};
}

const FileName kLibrary = name(100, 1, 1000, Stage::kInsert);

TEST(CleanupTest, rip_and_transcode_of_a_library_file_that_stands_are_superfluous) {
  const std::vector both{Stage::kRip, Stage::kTranscode};
  EXPECT_EQ(stages(track(1, {kDone, kDone, kDone})), both);
  EXPECT_EQ(stages(track(1, {kDone, kDone, kDone}), true, false), std::vector{Stage::kRip});
  EXPECT_EQ(stages(track(1, {kDone, kDone, kDone}), false, true), std::vector{Stage::kTranscode});
}

TEST(CleanupTest, without_a_whole_library_file_nothing_is) {
  for (const auto verdict : snapshots::kVerdicts)
    EXPECT_EQ(stages(track(1, {kDone, kDone, verdict})).empty(), verdict != kDone) << to_string(verdict);
  auto flagged = track(1, {kDone, kDone, kDone});
  flagged.stages[Stage::kInsert].stale = true;  // it is to be made anew
  EXPECT_TRUE(stages(flagged).empty());
  auto held = track(1, {kDone, kDone, kDone});
  held.held_by = "pid 1";
  EXPECT_TRUE(stages(held).empty());
}

TEST(CleanupTest, only_what_is_as_recorded_goes) {
  for (const auto verdict : snapshots::kVerdicts) {
    const auto expected =
        verdict == kDone ? std::vector{Stage::kRip, Stage::kTranscode} : std::vector{Stage::kTranscode};
    EXPECT_EQ(stages(track(1, {verdict, kDone, kDone})), expected) << to_string(verdict);
  }
}

TEST(CleanupTest, a_name_whose_file_stays_under_another_frees_nothing) {
  EXPECT_TRUE(worth_deleting({name(7, 2, 1000)}, kLibrary).empty());  // nobody knows where the other name is
  const auto both = worth_deleting({name(7, 2, 1000), name(7, 2, 1000, Stage::kTranscode)}, kLibrary);
  EXPECT_EQ(both.size(), 2U);
  EXPECT_EQ(freed_by(both), 1000);
  const auto apart = worth_deleting({name(7, 1, 1000), name(8, 1, 500, Stage::kTranscode), name(9, 3, 1)}, kLibrary);
  EXPECT_EQ(apart.size(), 2U);
  EXPECT_EQ(freed_by(apart), 1500);
}

TEST(CleanupTest, the_library_file_is_never_deleted_by_another_of_its_names) {
  const auto itself = name(kLibrary.inode, 1, 1000);  // recorded for two stages: the only name it has
  EXPECT_TRUE(worth_deleting({itself}, kLibrary).empty());
  const auto link = name(kLibrary.inode, 2, 1000);
  EXPECT_TRUE(worth_deleting({link, link}, kLibrary).empty());
  EXPECT_EQ(worth_deleting({itself, name(7, 1, 500, Stage::kTranscode)}, kLibrary).size(), 1U);
}

TEST(CleanupTest, the_same_inode_on_two_disks_is_two_files) {
  auto other = name(7, 2, 1000, Stage::kTranscode);
  other.device = 2;
  EXPECT_TRUE(worth_deleting({name(7, 2, 1000), other}, kLibrary).empty());
  auto elsewhere = name(kLibrary.inode, 1, 1000);
  elsewhere.device = 2;
  EXPECT_EQ(worth_deleting({elsewhere}, kLibrary).size(), 1U);
}

TEST(CleanupTest, days_are_counted_from_the_insert) {
  EXPECT_EQ(clean_before({}, {true, true, 0, 0}, {10 * kDay}), (Timestamp{10 * kDay}));
  EXPECT_EQ(clean_before({}, {true, true, 3, 0}, {10 * kDay}), (Timestamp{7 * kDay}));
  constexpr Timestamp now{100 * 365 * kDay};
  EXPECT_EQ(clean_before({}, {true, true, CleanupConfig::kMostDays, 0}, now), (Timestamp{0}));
}

TEST(CleanupTest, the_newest_stay_as_long_as_there_is_room_for_them) {
  const std::vector<Freeable> all{{{1 * kDay}, 40}, {{3 * kDay}, 40}, {{2 * kDay}, 40}};
  const auto before = [&](std::int64_t keep) {
    return clean_before(all, {true, true, 0, keep}, {10 * kDay}).ns / kDay;
  };
  EXPECT_EQ(before(39), 10);  // not even the newest fits: all go
  EXPECT_EQ(before(40), 3);
  EXPECT_EQ(before(119), 2);
  EXPECT_EQ(before(120), 1);  // all stay
}

TEST(CleanupTest, what_is_too_young_stays_whatever_the_room) {
  EXPECT_EQ(clean_before({{{9 * kDay}, 40}}, {true, true, 5, 1}, {10 * kDay}).ns, 5 * kDay);
}

}  // namespace
}  // namespace amphi
