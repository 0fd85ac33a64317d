#include "plan/track_steps.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "plan/chain.hpp"
#include "plan/obstacle.hpp"
#include "plan/wording.hpp"

namespace amphi {
namespace {

bool is_gone(Verdict verdict) {
  return verdict == Verdict::kMissing || verdict == Verdict::kRemoved;
}

// What was finished once and then deleted stays deleted until somebody asks for the track. A reprocessing flag is
// asking.
bool resuming_leaves_alone(const TrackSnapshot& track, const PlanInput& input) {
  if (input.mode != PlanInput::Mode::kResume) return false;
  const auto chain = stages_until(track, input.until);
  const auto& last = track.stages[chain.back()];
  return !is_settled(track, chain.back()) && is_gone(last.verdict) && !last.stale && !is_to_be_adopted(last);
}

bool needs_a_vanished_track(const TrackSnapshot& track, const std::vector<Stage>& stages) {
  if (!track.vanished || stages.empty() || stages.front() != Stage::kRip) return false;
  const auto& rip = track.stages[Stage::kRip];
  return !is_to_be_adopted(rip) && rip.verdict != Verdict::kChanged && rip.verdict != Verdict::kUnreadable;
}

std::string output_of(const StageSnapshot& stage, const PlannedStep& step) {
  const auto fresh = stage.output_relative.empty() ? "" : stage.output_root + "/" + stage.output_relative;
  const bool is_recorded_file = step.replaces || stage.verdict == Verdict::kUnverified ||
                                stage.verdict == Verdict::kChanged || stage.verdict == Verdict::kUnreadable;
  return is_recorded_file ? recorded_path(stage, fresh) : fresh;
}

const Tool& tool_of(const TrackSnapshot& track, const PlannedStep& step) {
  if (step.action == Action::kAdopt) return kProbeTool;
  switch (step.stage) {
    case Stage::kRip:
      return track.ripper->tool;
    case Stage::kTranscode:
      return track.encoder->tool;
    case Stage::kInsert:
      break;
  }
  return kLinkTool;
}

// What was recorded before sets this file apart from it; an adoption is another step than making.
std::string generation_of(const StageSnapshot& stage, Action action) {
  const auto before = stage.receipt ? fmt::format("{}@{}", stage.receipt->step_id, stage.receipt->created_at.ns) : "";
  return fmt::format("{}:{}", to_string(action), before);
}

// Where a stage takes its input from: a step of this plan, or an artifact that stands.
struct Input {
  std::string path, step_id;
};

Input input_of(const TrackSnapshot& track, Stage stage, const PlannedStep* previous) {
  if (previous) return {previous->output, previous->id};
  if (stage == Stage::kRip) return {track.source, ""};
  const auto chain = stages_until(track, stage);  // a stage is always the last of its own chain, never the first here
  const auto& before = track.stages[*(chain.end() - 2)];
  return {recorded_path(before, ""), before.receipt ? before.receipt->step_id : ""};
}

PlannedStep make_step(const TrackSnapshot& track, Stage stage, const PlannedStep* previous, const PlanInput& input) {
  const auto& now = track.stages[stage];
  PlannedStep step;
  step.track_id = track.id;
  step.disc_id = track.disc_id;
  step.track_number = track.number;
  step.reference = track.reference;
  step.stage = stage;
  step.action = is_to_be_adopted(now) ? Action::kAdopt : Action::kMake;
  step.replaces = now.verdict == Verdict::kDone && now.stale;
  step.output = output_of(now, step);
  const auto from = input_of(track, stage, previous);
  step.input = step.action == Action::kAdopt ? step.output : from.path;
  step.tool = &tool_of(track, step);
  step.id = step_id(track.fingerprint, track.reference, stage, from.step_id, generation_of(now, step.action));
  if (previous) step.after.push_back(previous->id);
  const auto obstacle = find_obstacle(track, step, input);
  const auto state = previous ? StepState::kAfter : StepState::kReady;
  step.state = obstacle ? obstacle->state : state;
  step.reason = obstacle ? obstacle->reason : reason_to_do(now, step);
  return step;
}

std::string preset_note(const TrackSnapshot& track) {
  const auto& transcode = track.stages[Stage::kTranscode];
  if (!stands(transcode) || !transcode.receipt || transcode.receipt->preset == track.preset) return "";
  if (transcode.receipt->preset.empty() || track.preset.empty()) return "";
  return fmt::format("{}: preset is now {}; the transcode made with {} stays", track_label(track), track.preset,
                     transcode.receipt->preset);
}

std::string misplaced_note(const TrackSnapshot& track) {
  const auto& insert = track.stages[Stage::kInsert];
  if (!insert.misplaced || !insert.receipt || insert.verdict != Verdict::kDone) return "";
  return fmt::format("{}: titles changed since it was inserted; the file stays at {}", track_label(track),
                     insert.receipt->path);
}

std::string left_alone_note(const TrackSnapshot& track, const PlanInput& input) {
  const auto last = stages_until(track, input.until).back();
  const auto path = recorded_path(track.stages[last], "");
  return fmt::format("{}: {} was deleted after it was finished ({}); ask for the track to make it again",
                     track_label(track), noun_of(last), path);
}

}  // namespace

std::vector<PlannedStep> make_track_steps(const TrackSnapshot& track, const PlanInput& input) {
  std::vector<PlannedStep> steps;
  const auto stages = stages_to_do(track, input.until);
  if (needs_a_vanished_track(track, stages) || resuming_leaves_alone(track, input)) return steps;
  for (const Stage stage : stages) {
    auto step = make_step(track, stage, steps.empty() ? nullptr : &steps.back(), input);
    steps.push_back(std::move(step));
  }
  return steps;
}

std::vector<std::string> make_track_notes(const TrackSnapshot& track, const PlanInput& input) {
  std::vector<std::string> notes{preset_note(track), misplaced_note(track)};
  if (resuming_leaves_alone(track, input)) {
    notes.push_back(left_alone_note(track, input));
  } else if (needs_a_vanished_track(track, stages_to_do(track, input.until))) {
    notes.push_back(track_label(track) +
                    ": is no longer on the disc, and no rip of it stands: nothing to make it from");
  }
  notes.erase(std::remove(notes.begin(), notes.end(), std::string()), notes.end());
  return notes;
}

}  // namespace amphi
