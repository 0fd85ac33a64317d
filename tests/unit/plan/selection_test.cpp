#include <set>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::kDone;
using snapshots::kPending;
using snapshots::kRemoved;
using snapshots::track;
using Numbers = std::vector<int>;

TEST(TrackList, NumbersAndRanges) {
  EXPECT_EQ(parse_track_list("1"), Numbers({1}));
  EXPECT_EQ(parse_track_list("1,3-5"), Numbers({1, 3, 4, 5}));
  EXPECT_EQ(parse_track_list("3-5,4,1"), Numbers({1, 3, 4, 5}));
  EXPECT_EQ(parse_track_list(" 1 , 3 - 4 "), Numbers({1, 3, 4}));
  EXPECT_EQ(parse_track_list("7-7"), Numbers({7}));
  EXPECT_EQ(parse_track_list("0"), Numbers({0}));  // makemkvcon counts from 0
  EXPECT_EQ(parse_track_list("9999"), Numbers({9999}));
}

TEST(TrackList, EverythingElseIsRefusedByName) {
  for (const std::string text : {"", ",", "1,", ",1", "a", "1-", "-1", "5-3", "1-2-3", "1.5", "10000", "1-10000",
                                 "99999999999999999999", "+1", "1 2", "1;2", "0x1", "1-a"}) {
    try {
      parse_track_list(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_NE(error.message().find("\"" + text + "\""), std::string::npos) << error.message();
      EXPECT_EQ(error.hint(), "give track numbers and ranges, as in 1,3-5");
    }
  }
}

TEST(Selection, WhatIsNotCompleteUpToTheStage) {
  EXPECT_TRUE(selected_by_default(track(1), Stage::kInsert));
  EXPECT_TRUE(selected_by_default(track(1, {kDone, kDone, kPending}), Stage::kInsert));
  EXPECT_FALSE(selected_by_default(track(1, {kDone, kDone, kPending}), Stage::kTranscode));
  EXPECT_FALSE(selected_by_default(track(1, {kDone, kDone, kDone}), Stage::kInsert));
  EXPECT_FALSE(selected_by_default(track(1, {kRemoved, kRemoved, kDone}), Stage::kTranscode));
  EXPECT_TRUE(selected_by_default(track(1, {kDone, kDone, Verdict::kMissing}), Stage::kInsert));
}

TEST(Selection, NeitherUnwantedNorVanished) {
  auto unwanted = track(1), vanished = track(1);
  unwanted.wanted = false;
  vanished.vanished = true;
  EXPECT_FALSE(selected_by_default(unwanted, Stage::kInsert));
  EXPECT_FALSE(selected_by_default(vanished, Stage::kInsert));
}

TEST(StepId, SixteenHexDigitsThatHangOnEverything) {
  const auto id = step_id("dvd-1", "dvd:1", Stage::kRip, "", "");
  EXPECT_EQ(id.size(), 16U);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(id, step_id("dvd-1", "dvd:1", Stage::kRip, "", ""));
  const std::set<std::string> ids{id,
                                  step_id("dvd-2", "dvd:1", Stage::kRip, "", ""),
                                  step_id("dvd-1", "dvd:2", Stage::kRip, "", ""),
                                  step_id("dvd-1", "dvd:1", Stage::kInsert, "", ""),
                                  step_id("dvd-1", "dvd:1", Stage::kRip, "x", ""),
                                  step_id("dvd-1", "dvd:1", Stage::kRip, "", "x"),
                                  step_id("dvd-1d", "vd:1", Stage::kRip, "", "")};
  EXPECT_EQ(ids.size(), 7U);
}

// Ids are file names of receipts on disk: a new release must find those of the old one.
TEST(StepId, StaysTheSameBetweenReleases) {
  EXPECT_EQ(step_id("dvd-a1b2c3d", "dvd:1", Stage::kRip, "", "make:"), "6b3acb2a13cd8a3a");
}

TEST(StepId, MadeAgainIsAnotherStep) {
  const auto first = snapshots::plan_of(track(1, {kPending, kPending, kPending}), Stage::kRip).steps[0].id;
  auto gone = track(1, {Verdict::kMissing, kPending, kPending});
  const auto second = snapshots::plan_of(gone, Stage::kRip).steps[0].id;
  EXPECT_NE(first, second);
  gone.stages[Stage::kRip].receipt->created_at = Timestamp{43};
  EXPECT_NE(second, snapshots::plan_of(gone, Stage::kRip).steps[0].id);
  EXPECT_NE(second, snapshots::plan_of(track(1, {Verdict::kUnverified}), Stage::kRip).steps[0].id);
}

}  // namespace
}  // namespace amphi
