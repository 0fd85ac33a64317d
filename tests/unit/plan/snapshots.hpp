// Tracks in every state, to plan with.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "amphi/plan.hpp"
#include "engines.hpp"

namespace amphi::snapshots {

inline constexpr auto kPending = Verdict::kPending, kDone = Verdict::kDone, kMissing = Verdict::kMissing,
                      kChanged = Verdict::kChanged, kUnverified = Verdict::kUnverified,
                      kUnreadable = Verdict::kUnreadable, kRemoved = Verdict::kRemoved;
inline constexpr auto kRip = Stage::kRip, kTranscode = Stage::kTranscode, kInsert = Stage::kInsert;
inline constexpr auto kResume = PlanInput::Mode::kResume;

inline constexpr std::array kVerdicts{Verdict::kPending,    Verdict::kDone,       Verdict::kMissing, Verdict::kChanged,
                                      Verdict::kUnverified, Verdict::kUnreadable, Verdict::kRemoved};

inline std::string file_of(Stage stage, int number) {
  return "/srv/" + std::string(to_string(stage)) + "/disc/" + std::to_string(number) + ".mkv";
}

// As a look at the disk and the catalog would leave it.
inline void set(TrackSnapshot& track, Stage stage, Verdict verdict) {
  auto& now = track.stages[stage];
  now.verdict = verdict;
  now.receipt.reset();
  now.seen.reset();
  if (verdict == Verdict::kPending) return;
  Receipt receipt;
  receipt.step_id = std::string(to_string(stage)) + "-" + std::to_string(track.number);
  receipt.stage = stage;
  receipt.path = file_of(stage, track.number);
  receipt.size_bytes = 1000;
  receipt.created_at = Timestamp{42};
  if (stage == Stage::kTranscode) receipt.preset = "Fast 576p25";
  now.receipt = receipt;
  if (verdict == Verdict::kUnreadable) {
    now.seen = Observation{};
    now.seen->presence = Observation::Presence::kUnreadable;
    now.seen->trouble = "Permission denied";
  }
}

inline TrackSnapshot track(int number = 1, std::initializer_list<Verdict> verdicts = {}) {
  TrackSnapshot track;
  track.disc_id = DiscId{1};
  track.disc_name = "Alien";
  track.fingerprint = "dvd-a1b2c3d4e5f6a7b8";
  track.id = TrackId{100 + number};
  track.number = number;
  track.reference = "dvd:" + std::to_string(number);
  track.ripper = &test::kOwnDvd;
  track.encoder = &test::kVideoEncoder;
  track.preset = "Fast 576p25";
  track.source = "/dev/sr0";
  for (const Stage stage : kStages) {
    track.stages[stage].output_root = "/srv/" + std::string(to_string(stage));
    track.stages[stage].output_relative = "disc/" + std::to_string(number) + ".mkv";
  }
  auto verdict = verdicts.begin();
  for (const Stage stage : kStages)
    if (verdict != verdicts.end()) set(track, stage, *verdict++);
  return track;
}

inline Plan plan_of(std::vector<TrackSnapshot> tracks, Stage until = Stage::kInsert,
                    PlanInput::Mode mode = PlanInput::Mode::kAsked) {
  PlanInput input;
  input.tracks = std::move(tracks);
  input.until = until;
  input.mode = mode;
  return make_plan(input);
}

inline Plan plan_of(const TrackSnapshot& one, Stage until = Stage::kInsert,
                    PlanInput::Mode mode = PlanInput::Mode::kAsked) {
  return plan_of(std::vector<TrackSnapshot>{one}, until, mode);
}

// "rip ready, transcode after, insert after"; an adoption reads "adopt rip ready".
inline std::string signature(const Plan& plan) {
  std::string text;
  for (const auto& step : plan.steps) {
    if (!text.empty()) text += ", ";
    if (step.action == Action::kAdopt) text += "adopt ";
    text += std::string(to_string(step.stage)) + " " + std::string(to_string(step.state));
  }
  return text;
}

inline const PlannedStep* find(const Plan& plan, int number, Stage stage) {
  for (const auto& step : plan.steps)
    if (step.track_number == number && step.stage == stage) return &step;
  return nullptr;
}

}  // namespace amphi::snapshots
