// From catalog and disk to a Plan: surveys the discs of the chosen tracks and hands values to make_plan.
#pragma once

#include <map>
#include <vector>

#include "amphi/plan.hpp"
#include "process/survey.hpp"

namespace amphi {

// Tracks with the stage each is wanted up to. Keeps the records, from which specifications are made.
struct Planned {
  Plan plan;
  std::map<TrackId, TrackSnapshot> snapshots;
  std::map<DiscId, DiscRecord> records;
};
Planned plan_tracks(Survey& survey, const std::map<TrackId, Stage>& until, PlanInput::Mode mode);

}  // namespace amphi
