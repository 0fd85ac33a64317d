#include <gtest/gtest.h>

#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::plan_of;
using snapshots::track;
constexpr std::int64_t kGB = 1'000'000'000;

TrackSnapshot with_room(std::int64_t needed, std::int64_t free, std::int64_t begun = 0) {
  auto snapshot = track(1, {Verdict::kPending, Verdict::kPending, Verdict::kPending});
  auto& rip = snapshot.stages[Stage::kRip];
  rip.needed_bytes = needed;
  rip.begun_bytes = begun;
  rip.free_bytes = free;
  return snapshot;
}

Attempt filled_the_disk(std::int64_t free) {
  Attempt attempt;
  attempt.cause = Cause::kSpace;
  attempt.message = "no space left";
  attempt.circumstance = std::to_string(free);
  return attempt;
}

TEST(SpaceTest, estimates) {
  EXPECT_EQ(estimate_bytes({Stage::kRip, true, 6 * kGB, 1, false}), 12 * kGB);
  EXPECT_EQ(estimate_bytes({Stage::kRip, false, 6 * kGB, 1, false}), 6 * kGB);
  EXPECT_EQ(estimate_bytes({Stage::kTranscode, false, 6 * kGB, 0.25, false}), 1'500'000'000);
  EXPECT_EQ(estimate_bytes({Stage::kInsert, false, 6 * kGB, 1, true}), 0);
  EXPECT_EQ(estimate_bytes({Stage::kInsert, false, 6 * kGB, 1, false}), 6 * kGB);
}

TEST(SpaceTest, too_little_room_waits_and_says_the_numbers) {
  const auto plan = plan_of({with_room(12 * kGB, 3 * kGB)});
  EXPECT_EQ(plan.steps[0].state, StepState::kWaiting);
  EXPECT_EQ(plan.steps[0].reason, "needs about 12.0 GB, /srv/rip has room for 3.0 GB");
  EXPECT_EQ(plan.steps[1].state, StepState::kAfter);
  EXPECT_EQ(plan_of({with_room(12 * kGB, 12 * kGB)}).steps[0].state, StepState::kReady);
}

TEST(SpaceTest, what_an_interrupted_rip_copied_is_not_needed_again) {
  EXPECT_EQ(plan_of({with_room(12 * kGB, 7 * kGB, 5 * kGB)}).steps[0].state, StepState::kReady);
  EXPECT_EQ(plan_of({with_room(12 * kGB, 7 * kGB, 4 * kGB)}).steps[0].state, StepState::kWaiting);
}

TEST(SpaceTest, where_nobody_can_tell_it_is_tried) {
  auto snapshot = with_room(12 * kGB, 0);
  snapshot.stages[Stage::kRip].free_bytes.reset();
  EXPECT_EQ(plan_of({snapshot}).steps[0].state, StepState::kReady);
}

TEST(SpaceTest, a_disk_that_was_filled_needs_more_room_before_it_is_tried_again) {
  auto snapshot = with_room(kGB, 3 * kGB);  // the estimate was too low
  snapshot.failures[Stage::kRip] = {filled_the_disk(3 * kGB), filled_the_disk(3 * kGB), filled_the_disk(3 * kGB)};
  const auto state = [&](std::int64_t free) {
    snapshot.circumstances[Stage::kRip][Cause::kSpace] = std::to_string(free);
    return plan_of({snapshot}, Stage::kInsert, PlanInput::Mode::kResume).steps[0].state;
  };
  EXPECT_EQ(state(3 * kGB), StepState::kWaiting);
  EXPECT_EQ(state(3 * kGB + kGB / 4), StepState::kWaiting);
  EXPECT_EQ(state(4 * kGB), StepState::kReady);  // however often it failed before
  snapshot.failures[Stage::kRip].resize(1);      // somebody else may have filled it for a while
  EXPECT_EQ(state(3 * kGB), StepState::kReady);
}

}  // namespace
}  // namespace amphi
