#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::kDone;
using snapshots::kPending;
using snapshots::kVerdicts;
using snapshots::plan_of;
using snapshots::track;

std::string order(const Plan& plan) {
  std::string text;
  for (const auto& step : plan.steps)
    text += std::string(to_string(step.stage)).substr(0, 1) + std::to_string(step.track_number) + " ";
  return text;
}

TEST(Order, TheNextRipLiesBesideTheLastTranscode) {
  EXPECT_EQ(order(plan_of({track(1), track(2), track(3)})), "r1 t1 r2 i1 t2 r3 i2 t3 i3 ");
}

TEST(Order, ByNumberWhateverTheInputsOrder) {
  EXPECT_EQ(order(plan_of({track(3), track(1), track(2)})), "r1 t1 r2 i1 t2 r3 i2 t3 i3 ");
}

TEST(Order, WhatIsHalfDoneStartsAtOnce) {
  EXPECT_EQ(order(plan_of({track(1), track(2, {kDone, kPending, kPending}), track(3, {kDone, kDone, kPending})})),
            "r1 t2 i3 t1 i2 i1 ");
}

TEST(Order, WhatCannotStartComesLast) {
  auto away = track(1);
  away.source = "";
  EXPECT_EQ(order(plan_of({away, track(2)})), "r2 t2 i2 r1 t1 i1 ");
  auto unset = track(1);
  unset.stages[Stage::kInsert].waiting = "library.movies is not set";
  EXPECT_EQ(order(plan_of({unset, track(2)})), "r1 t1 r2 t2 i2 i1 ");
}

TEST(Order, DrivesRipSideBySide) {
  auto other = track(2);
  other.disc_id = DiscId{2};
  other.source = "/dev/sr1";
  EXPECT_EQ(order(plan_of({track(1), other})), "r1 r2 t1 i1 t2 i2 ");
}

TEST(Order, DiscsComeBeforeNumbers) {
  auto first = track(5), second = track(1);
  second.disc_id = DiscId{2};
  EXPECT_EQ(order(plan_of({second, first})), "r5 t5 r1 i5 t1 i1 ");
}

TEST(Order, StepsFollowWhatTheyNeedAndTheInputsOrderIsNothing) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    PlanInput input;
    for (int number = 1; number <= 6; ++number) {
      auto one = track(number, {kVerdicts[random() % 7], kVerdicts[random() % 7], kVerdicts[random() % 7]});
      one.disc_id = DiscId{1 + static_cast<std::int64_t>(random() % 2)};
      one.source = random() % 4 ? "/dev/sr" + std::to_string(one.disc_id.value) : "";
      if (random() % 3 == 0) one.preset = "copy";
      input.tracks.push_back(one);
    }
    const auto plan = make_plan(input);
    std::set<std::string> before;
    for (const auto& step : plan.steps) {
      for (const auto& id : step.after) EXPECT_TRUE(before.count(id)) << order(plan);
      EXPECT_TRUE(before.insert(step.id).second) << "ids are unique";
    }
    auto shuffled = input;
    std::shuffle(shuffled.tracks.begin(), shuffled.tracks.end(), random);
    const auto again = make_plan(shuffled);
    EXPECT_EQ(order(again), order(plan));
    EXPECT_EQ(again.notes, plan.notes);
  }
}

}  // namespace
}  // namespace amphi
