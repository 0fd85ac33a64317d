// Every combination of verdicts, flags, modes and presets, against rules that are written down here once more.
#include <array>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::kVerdicts;
using snapshots::signature;

struct World {
  TrackSnapshot track;
  PlanInput input;
  Plan plan;
  std::string name;
};

enum class Flagged { kNothing, kFromTranscode, kFromRip };

World make_world(std::array<Verdict, 3> verdicts, Stage until, Flagged flagged, unsigned bits) {
  World world;
  auto& track = world.track;
  track = snapshots::track(1, {verdicts[0], verdicts[1], verdicts[2]});
  for (const auto stage : kStages) {
    const bool is_covered =
        flagged == Flagged::kFromRip || (flagged == Flagged::kFromTranscode && stage != Stage::kRip);
    track.stages[stage].stale = is_covered && track.stages[stage].verdict != Verdict::kPending;
  }
  world.input.mode = bits & 1 ? PlanInput::Mode::kResume : PlanInput::Mode::kAsked;
  if (bits & 2) track.preset = "copy";
  track.stages[Stage::kTranscode].foreign_file = bits & 4;
  track.stages[Stage::kInsert].foreign_file = bits & 8;
  track.vanished = bits & 16;
  world.input.until = until;
  world.input.tracks = {track};
  world.plan = make_plan(world.input);
  for (const auto verdict : verdicts) world.name += std::string(to_string(verdict)) + " ";
  world.name += "until " + std::string(to_string(until)) + " flagged " + std::to_string(static_cast<int>(flagged)) +
                " bits " + std::to_string(bits);
  return world;
}

// All verdicts, targets, flags, modes and presets; files in the way and vanished tracks take turns among them.
std::vector<World> make_worlds() {
  std::vector<World> worlds;
  unsigned turn = 0;
  for (const auto rip : kVerdicts)
    for (const auto transcode : kVerdicts)
      for (const auto insert : kVerdicts)
        for (const auto until : kStages)
          for (const auto flagged : {Flagged::kNothing, Flagged::kFromTranscode, Flagged::kFromRip})
            for (unsigned bits = 0; bits < 4; ++bits) {
              worlds.push_back(make_world({rip, transcode, insert}, until, flagged, bits));
              worlds.push_back(make_world({rip, transcode, insert}, until, flagged, bits | (1 + turn++ % 7) << 2));
            }
  return worlds;
}

void for_each_world(const std::function<void(const World&)>& take) {
  static const auto kWorlds = make_worlds();
  for (const auto& world : kWorlds) take(world);
}

bool stands(const StageSnapshot& stage) {
  return stage.verdict == Verdict::kDone && !stage.stale;
}

bool is_there(Verdict verdict) {
  return verdict == Verdict::kChanged || verdict == Verdict::kUnverified || verdict == Verdict::kUnreadable;
}

// The state machine of the contract's first sentence for verdicts alone: asked, no flags, no files in the way, no copy.
std::string expected_signature(Verdict rip, Verdict transcode, Verdict insert) {
  const auto first = [](Verdict verdict, const std::string& name) {
    switch (verdict) {
      case Verdict::kChanged:
        return name + " blocked";
      case Verdict::kUnreadable:
        return name + " waiting";
      case Verdict::kUnverified:
        return "adopt " + name + " ready";
      default:
        return name + " ready";
    }
  };
  if (insert == Verdict::kDone) return "";
  if (is_there(insert)) return first(insert, "insert");
  if (transcode == Verdict::kDone) return "insert ready";
  if (is_there(transcode)) return first(transcode, "transcode") + ", insert after";
  if (rip == Verdict::kDone) return "transcode ready, insert after";
  return first(rip, "rip") + ", transcode after, insert after";
}

TEST(Combinations, EveryTripleOfVerdicts) {
  int count = 0;
  for (const auto rip : kVerdicts)
    for (const auto transcode : kVerdicts)
      for (const auto insert : kVerdicts) {
        const auto plan = snapshots::plan_of(snapshots::track(1, {rip, transcode, insert}));
        EXPECT_EQ(signature(plan), expected_signature(rip, transcode, insert))
            << to_string(rip) << " " << to_string(transcode) << " " << to_string(insert);
        ++count;
      }
  EXPECT_EQ(count, 343);
}

TEST(Combinations, NoStepForWhatStandsAndNoneBeyondUntil) {
  for_each_world([](const World& world) {
    const auto& plan = world.plan;
    std::set<Stage> stages;
    for (const auto& step : plan.steps) {
      EXPECT_FALSE(stands(world.track.stages[step.stage])) << world.name;
      EXPECT_LE(step.stage, world.input.until) << world.name;
      EXPECT_TRUE(stages.insert(step.stage).second) << world.name << ": two steps for a stage";
      EXPECT_FALSE(step.reason.empty()) << world.name;
      EXPECT_EQ(step.id.size(), 16U) << world.name;
    }
  });
}

TEST(Combinations, ChainsAreComplete) {
  for_each_world([](const World& world) {
    const auto& plan = world.plan;
    const PlannedStep* before = nullptr;
    for (const auto& step : plan.steps) {
      if (before) {
        EXPECT_EQ(step.after, std::vector<std::string>{before->id}) << world.name;
        EXPECT_NE(step.state, StepState::kReady) << world.name;
        if (step.action == Action::kMake) {
          EXPECT_EQ(step.input, before->output) << world.name;
        }
      } else {
        EXPECT_TRUE(step.after.empty()) << world.name;
        EXPECT_NE(step.state, StepState::kAfter) << world.name;
      }
      before = &step;
    }
    if (plan.steps.empty() || plan.steps[0].state != StepState::kReady) return;
    const auto& first = plan.steps[0];
    if (first.action == Action::kAdopt || first.stage == Stage::kRip) return;
    const bool from_transcode = first.input == world.track.stages[Stage::kTranscode].output_root + "/disc/1.mkv";
    const auto input = from_transcode ? Stage::kTranscode : Stage::kRip;
    EXPECT_TRUE(stands(world.track.stages[input])) << world.name << ": a ready step needs an input that stands";
  });
}

TEST(Combinations, NothingOverwritesWhatIsThere) {
  for_each_world([](const World& world) {
    for (const auto& step : world.plan.steps) {
      const auto& stage = world.track.stages[step.stage];
      const bool would_write =
          step.action == Action::kMake && step.state != StepState::kBlocked && step.state != StepState::kWaiting;
      if (!would_write) continue;
      EXPECT_FALSE(is_there(stage.verdict)) << world.name;
      EXPECT_EQ(step.replaces, stage.verdict == Verdict::kDone) << world.name;
      if (!step.replaces) {
        EXPECT_FALSE(stage.foreign_file) << world.name;
      }
    }
  });
}

TEST(Combinations, AnEmptyPlanMeansSettled) {
  for_each_world([](const World& world) {
    const auto& plan = world.plan;
    if (!plan.steps.empty() || world.track.vanished) return;
    const bool is_copied = world.track.preset == "copy" && !stands(world.track.stages[Stage::kTranscode]);
    const auto last = is_copied && world.input.until == Stage::kTranscode ? Stage::kRip : world.input.until;
    const auto& stage = world.track.stages[last];
    if (world.input.mode == PlanInput::Mode::kResume && stage.verdict == Verdict::kMissing) return;
    EXPECT_TRUE(stands(stage) || stage.verdict == Verdict::kRemoved) << world.name;
  });
}

TEST(Combinations, ResumingNeverDoesMoreThanAsking) {
  for_each_world([](const World& world) {
    if (world.input.mode != PlanInput::Mode::kResume) return;
    auto asked = world.input;
    asked.mode = PlanInput::Mode::kAsked;
    const auto& resumed = world.plan;
    if (!resumed.steps.empty()) {
      EXPECT_EQ(signature(resumed), signature(make_plan(asked))) << world.name;
    }
  });
}

TEST(Combinations, CopyNeverTranscodes) {
  for_each_world([](const World& world) {
    if (world.track.preset != "copy") return;
    EXPECT_EQ(snapshots::find(world.plan, 1, Stage::kTranscode), nullptr) << world.name;
  });
}

TEST(Combinations, VanishedTracksAreNeverRipped) {
  for_each_world([](const World& world) {
    const auto& plan = world.plan;
    const auto* rip = snapshots::find(plan, 1, Stage::kRip);
    if (world.track.vanished && rip && rip->action == Action::kMake) {
      EXPECT_NE(rip->state, StepState::kReady) << world.name;
    }
  });
}

// Doing the first step again and again, as the coordinator does, ends with an empty plan; no stage is made twice.
TEST(Combinations, DoingThePlanFinishesIt) {
  for_each_world([](const World& world) {
    auto input = world.input;
    std::set<Stage> made;
    for (int round = 0; round < 4; ++round) {
      const auto plan = make_plan(input);
      if (plan.steps.empty() || plan.steps[0].state != StepState::kReady) {
        for (const auto& step : plan.steps)
          EXPECT_TRUE(step.state != StepState::kReady) << world.name << ": a ready step behind one that is not";
        return;
      }
      const auto stage = plan.steps[0].stage;
      EXPECT_TRUE(made.insert(stage).second) << world.name << ": made twice";
      auto& now = input.tracks[0].stages[stage];
      snapshots::set(input.tracks[0], stage, Verdict::kDone);
      now.receipt->step_id = plan.steps[0].id;
      now.stale = now.foreign_file = false;
      const auto after = make_plan(input);
      EXPECT_EQ(after.steps.size() + 1, plan.steps.size()) << world.name;
      if (!after.steps.empty() && after.steps[0].action == Action::kMake) {
        EXPECT_EQ(after.steps[0].id, plan.steps[1].id) << world.name << ": the next step keeps its id";
      }
    }
    FAIL() << world.name << ": does not end";
  });
}

}  // namespace
}  // namespace amphi
