#include <gtest/gtest.h>

#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::find;
using snapshots::kDone;
using snapshots::kInsert;
using snapshots::kPending;
using snapshots::plan_of;
using snapshots::track;

TrackSnapshot inserting_as(int number, const std::string& relative) {
  auto one = track(number, {kDone, kDone, kPending});
  one.stages[kInsert].output_relative = relative;
  return one;
}

TEST(Conflicts, BothAreBlockedAndBothNamed) {
  const auto plan = plan_of({inserting_as(1, "Alien/Alien.mkv"), inserting_as(2, "Alien/Alien.mkv")});
  ASSERT_EQ(plan.steps.size(), 2U);
  EXPECT_EQ(find(plan, 1, kInsert)->state, StepState::kBlocked);
  EXPECT_EQ(find(plan, 2, kInsert)->state, StepState::kBlocked);
  EXPECT_EQ(find(plan, 1, kInsert)->reason,
            "would write the same file as the library file of dvd-a1b2c3d:2 (Alien): /srv/insert/Alien/Alien.mkv; an "
            "edition or another name settles it");
  EXPECT_NE(find(plan, 2, kInsert)->reason.find("of dvd-a1b2c3d:1 (Alien): "), std::string::npos);
}

TEST(Conflicts, NamesThatDifferInCaseOrFormOnly) {
  EXPECT_EQ(plan_of({inserting_as(1, "Alien/é.mkv"), inserting_as(2, "ALIEN/E\u0301.mkv")}).steps[0].state,
            StepState::kBlocked);
  EXPECT_EQ(plan_of({inserting_as(1, "Alien/a.mkv"), inserting_as(2, "Alien/b.mkv")}).steps[0].state,
            StepState::kReady);
}

TEST(Conflicts, ThreeNameEachOther) {
  const auto plan = plan_of({inserting_as(1, "x.mkv"), inserting_as(2, "x.mkv"), inserting_as(3, "x.mkv")});
  const auto& reason = find(plan, 2, kInsert)->reason;
  EXPECT_NE(reason.find("dvd-a1b2c3d:1"), std::string::npos);
  EXPECT_NE(reason.find("dvd-a1b2c3d:3"), std::string::npos);
  EXPECT_EQ(reason.find("dvd-a1b2c3d:2"), std::string::npos);
}

TEST(Conflicts, OtherDiscsFiles) {
  PlanInput input;
  input.tracks = {inserting_as(1, "Alien/Alien.mkv")};
  input.taken[collision_key("/srv/insert/alien/ALIEN.mkv")] = "dvd-ffffff0:1 (Alien)";
  const auto plan = make_plan(input);
  EXPECT_EQ(plan.steps[0].state, StepState::kBlocked);
  EXPECT_NE(plan.steps[0].reason.find("dvd-ffffff0:1 (Alien): /srv/insert/Alien/Alien.mkv"), std::string::npos);
}

TEST(Conflicts, FilesThatAreRecordedForAnotherTrack) {
  for (const auto verdict : {kDone, Verdict::kMissing, Verdict::kChanged, Verdict::kUnverified, Verdict::kUnreadable}) {
    auto owner = track(1, {kDone, kDone, verdict});
    const auto plan = plan_of({owner, inserting_as(2, "disc/1.mkv")});
    EXPECT_EQ(find(plan, 2, kInsert)->state, StepState::kBlocked) << to_string(verdict);
  }
  auto cleaned = track(1, {kDone, kDone, Verdict::kRemoved});
  cleaned.stages[kInsert].output_relative = "other.mkv";
  EXPECT_EQ(find(plan_of({cleaned, inserting_as(2, "disc/1.mkv")}), 2, kInsert)->state, StepState::kReady);
}

TEST(Conflicts, OwnFilesAreNoConflict) {
  auto missing = track(1, {kDone, kDone, Verdict::kMissing});
  EXPECT_EQ(plan_of(missing).steps[0].state, StepState::kReady);
  auto flagged = track(1, {kDone, kDone, kDone});
  flagged.stages[kInsert].stale = true;
  EXPECT_EQ(plan_of(flagged).steps[0].state, StepState::kReady);
}

TEST(Conflicts, RipAndTranscodeInOneFolder) {
  auto one = track(1);
  one.stages[Stage::kTranscode].output_root = "/srv/rip";
  const auto plan = plan_of(one);
  EXPECT_EQ(find(plan, 1, Stage::kRip)->state, StepState::kBlocked);
  EXPECT_EQ(find(plan, 1, Stage::kTranscode)->state, StepState::kBlocked);
  EXPECT_NE(find(plan, 1, Stage::kTranscode)->reason.find("the rip of dvd-a1b2c3d:1"), std::string::npos);
  EXPECT_EQ(find(plan, 1, Stage::kTranscode)->reason.find("edition"), std::string::npos);
}

TEST(Conflicts, StepsWithoutAPlaceDoNotCollide) {
  auto one = inserting_as(1, ""), two = inserting_as(2, "");
  one.stages[kInsert].waiting = two.stages[kInsert].waiting = "library.movies is not set";
  const auto plan = plan_of({one, two});
  for (const auto& step : plan.steps) EXPECT_EQ(step.reason, "library.movies is not set");
}

TEST(Conflicts, ATrackNamedTwiceIsPlannedOnce) {
  const auto plan = plan_of({inserting_as(1, "x.mkv"), inserting_as(1, "x.mkv")});
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_EQ(plan.steps[0].state, StepState::kReady);
}

TEST(Conflicts, WaitingOnesAreBlockedToo) {
  auto away = track(2);
  away.source = "";
  away.stages[kInsert].output_relative = "disc/1.mkv";
  const auto plan = plan_of({track(1), away});
  EXPECT_EQ(find(plan, 1, kInsert)->state, StepState::kBlocked);
  EXPECT_EQ(find(plan, 2, kInsert)->state, StepState::kBlocked);
  EXPECT_EQ(find(plan, 1, Stage::kRip)->state, StepState::kReady);
}

}  // namespace
}  // namespace amphi
