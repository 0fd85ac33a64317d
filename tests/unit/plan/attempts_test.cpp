#include <gtest/gtest.h>

#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::kResume;
using snapshots::kRip;
using snapshots::plan_of;
using snapshots::signature;

Attempt failed(std::optional<Cause> cause, const std::string& circumstance = "",
               const std::string& message = "it broke") {
  Attempt attempt;
  attempt.outcome = Outcome::kFailed;
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
  const auto other = failed(Cause::kOther);
  EXPECT_EQ(plan_of(after({}), kRip, kResume).steps[0].state, StepState::kReady);
  EXPECT_EQ(plan_of(after({other}), kRip, kResume).steps[0].state, StepState::kReady);
  EXPECT_EQ(plan_of(after({other, other}), kRip, kResume).steps[0].state, StepState::kReady);
  const auto plan = plan_of(after({other, other, failed(Cause::kJudge, "", "cut short")}), kRip, kResume);
  EXPECT_EQ(plan.steps[0].state, StepState::kBlocked);
  EXPECT_EQ(plan.steps[0].reason, "failed 3 times, at last: cut short; amphi process tries again");
}

TEST(Attempts, TheLimitIsTheInputs) {
  PlanInput input;
  input.mode = kResume;
  input.max_attempts = 1;
  input.tracks = {after({failed(Cause::kSpace)})};
  EXPECT_EQ(make_plan(input).steps[0].state, StepState::kBlocked);
  input.max_attempts = 2;
  EXPECT_EQ(make_plan(input).steps[0].state, StepState::kReady);
}

TEST(Attempts, AskingTriesAgain) {
  const auto other = failed(Cause::kOther), key = failed(Cause::kKey, "v1");
  EXPECT_EQ(signature(plan_of(after({other, other, other, key}))), "rip ready, transcode after, insert after");
}

TEST(Attempts, SomeCausesWaitUntilSomethingChanges) {
  for (const auto cause : {Cause::kKey, Cause::kPreset, Cause::kTool, Cause::kMedium}) {
    const std::string word(to_string(cause));
    auto track = after({failed(cause, "then", "no luck")});
    auto plan = plan_of(track, kRip, kResume);
    EXPECT_EQ(plan.steps[0].state, StepState::kWaiting) << word << ": what it is now is not known";
    EXPECT_EQ(plan.steps[0].reason, "failed: no luck; not tried again before the " + word + " changes");
    track.circumstances[kRip][cause] = "then";
    EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kWaiting) << word;
    track.circumstances[kRip][cause] = "now";
    EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kReady) << word;
    track.circumstances[kRip].clear();
    track.circumstances[Stage::kTranscode][cause] = "now";
    EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kWaiting) << word << ": of another stage";
  }
  for (const auto cause : {std::optional(Cause::kSpace), std::optional(Cause::kJudge), std::optional(Cause::kOther),
                           std::optional<Cause>()})
    EXPECT_EQ(plan_of(after({failed(cause, "then")}), kRip, kResume).steps[0].state, StepState::kReady)
        << recorded_word(cause);
}

TEST(Attempts, EachCircumstanceIsRemembered) {
  auto track = after({failed(Cause::kKey, "a"), failed(Cause::kKey, "b"), failed(Cause::kKey, "c")});
  track.circumstances[kRip][Cause::kKey] = "d";
  EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kReady) << "they do not count as tries";
  track.circumstances[kRip][Cause::kKey] = "a";
  EXPECT_EQ(plan_of(track, kRip, kResume).steps[0].state, StepState::kWaiting) << "a failed before";
}

TEST(Attempts, OnlyTheStageThatFailed) {
  auto track = snapshots::track(1);
  const auto other = failed(Cause::kOther);
  track.failures[Stage::kTranscode] = {other, other, other};
  EXPECT_EQ(signature(plan_of(track, Stage::kInsert, kResume)), "rip ready, transcode blocked, insert after");
}

TEST(Attempts, AdoptionsCountToo) {
  auto track = snapshots::track(1, {Verdict::kUnverified});
  const auto judged = failed(Cause::kJudge);
  track.failures[kRip] = {judged, judged, judged};
  EXPECT_EQ(signature(plan_of(track, kRip, kResume)), "adopt rip blocked");
}

}  // namespace
}  // namespace amphi
