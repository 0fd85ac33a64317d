#include <gtest/gtest.h>

#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::kResume;
using snapshots::kRip;
using snapshots::plan_of;
using snapshots::signature;

Attempt failed(const std::string& cause, const std::string& circumstance = "",
               const std::string& message = "it broke") {
  Attempt attempt;
  attempt.outcome = "failed";
  attempt.cause = cause;
  attempt.circumstance = circumstance;
  attempt.message = message;
  return attempt;
}

TrackSnapshot after(std::vector<Attempt> attempts) {
  auto track = snapshots::track(1);
  track.failures[kRip] = std::move(attempts);
  return track;
}

TEST(Attempts, ThreeTriesWhenResuming) {
  const auto other = failed("other");
  EXPECT_EQ(plan_of(after({}), kRip, kResume).steps[0].state, StepState::kReady);
  EXPECT_EQ(plan_of(after({other}), kRip, kResume).steps[0].state, StepState::kReady);
  EXPECT_EQ(plan_of(after({other, other}), kRip, kResume).steps[0].state, StepState::kReady);
  const auto plan = plan_of(after({other, other, failed("judge", "", "cut short")}), kRip, kResume);
  EXPECT_EQ(plan.steps[0].state, StepState::kBlocked);
  EXPECT_EQ(plan.steps[0].reason, "failed 3 times, at last: cut short; amphi process tries again");
}

TEST(Attempts, TheLimitIsTheInputs) {
  PlanInput input;
  input.mode = kResume;
  input.max_attempts = 1;
  input.tracks = {after({failed("space")})};
  EXPECT_EQ(make_plan(input).steps[0].state, StepState::kBlocked);
  input.max_attempts = 2;
  EXPECT_EQ(make_plan(input).steps[0].state, StepState::kReady);
}

TEST(Attempts, AskingTriesAgain) {
  const auto other = failed("other"), key = failed("key", "v1");
  EXPECT_EQ(signature(plan_of(after({other, other, other, key}))), "rip ready, transcode after, insert after");
}

TEST(Attempts, SomeCausesWaitUntilSomethingChanges) {
  for (const std::string cause : {"key", "preset", "tool", "medium"}) {
    auto track = after({failed(cause, "then", "no luck")});
    auto plan = plan_of(track, kRip, kResume);
    EXPECT_EQ(plan.steps[0].state, StepState::kWaiting) << cause << ": what it is now is not known";
    EXPECT_EQ(plan.steps[0].reason, "failed: no luck; not tried again before the " + cause + " changes");
    track.circumstances[kRip][cause] = "then";
    EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kWaiting) << cause;
    track.circumstances[kRip][cause] = "now";
    EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kReady) << cause;
    track.circumstances[kRip].clear();
    track.circumstances[Stage::kTranscode][cause] = "now";
    EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kWaiting) << cause << ": of another stage";
  }
  for (const std::string cause : {"space", "judge", "other", ""})
    EXPECT_EQ(plan_of(after({failed(cause, "then")}), kRip, kResume).steps[0].state, StepState::kReady) << cause;
}

TEST(Attempts, EachCircumstanceIsRemembered) {
  auto track = after({failed("key", "a"), failed("key", "b"), failed("key", "c")});
  track.circumstances[kRip]["key"] = "d";
  EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kReady) << "they do not count as tries";
  track.circumstances[kRip]["key"] = "a";
  EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kWaiting) << "a failed before";
}

TEST(Attempts, OnlyTheStageThatFailed) {
  auto track = snapshots::track(1);
  const auto other = failed("other");
  track.failures[Stage::kTranscode] = {other, other, other};
  EXPECT_EQ(signature(plan_of(track, Stage::kInsert, kResume)), "rip ready, transcode blocked, insert after");
}

TEST(Attempts, AdoptionsCountToo) {
  auto track = snapshots::track(1, {Verdict::kUnverified});
  const auto judged = failed("judge");
  track.failures[kRip] = {judged, judged, judged};
  EXPECT_EQ(signature(plan_of(track, kRip, kResume)), "adopt rip blocked");
}

}  // namespace
}  // namespace amphi
