#include "process/planning.hpp"

#include <algorithm>
#include <set>

#include "amphi/error.hpp"
#include "amphi/library.hpp"
#include "amphi/process.hpp"
#include "process/shared_names.hpp"

namespace amphi {
namespace {

std::map<std::string, std::string> taken_by_others(Catalog& catalog, const std::vector<TrackSnapshot>& tracks,
                                                   const std::map<TrackId, Stage>& chosen) {
  std::map<std::string, std::string> taken;
  for (const auto& path : library_files_at(catalog, tracks))
    if (!chosen.contains(path.track)) taken.emplace(collision_key(path.path), path.owner);
  return taken;
}

void append(Plan& plan, Plan more) {
  std::move(more.steps.begin(), more.steps.end(), std::back_inserter(plan.steps));
  std::move(more.notes.begin(), more.notes.end(), std::back_inserter(plan.notes));
}

Plan plan_snapshots(const std::vector<TrackSnapshot>& tracks, const std::map<TrackId, Stage>& until,
                    PlanInput::Mode mode, const std::map<std::string, std::string>& taken) {
  Plan plan;
  // Requests that end at different stages are planned apart: `until` belongs to the whole input.
  for (const auto stage : kStages) {
    PlanInput input;
    input.until = stage;
    input.mode = mode;
    input.taken = taken;
    for (const auto& track : tracks)
      if (until.at(track.id) == stage) input.tracks.push_back(track);
    if (!input.tracks.empty()) append(plan, make_plan(input));
  }
  return plan;
}

}  // namespace

Planned plan_tracks(Survey& survey, const std::map<TrackId, Stage>& until, PlanInput::Mode mode) {
  Planned planned;
  survey.depth = Survey::Depth::kPlan;
  std::vector<TrackSnapshot> chosen;
  std::vector<DiscId> discs;
  for (const auto& [track, stage] : until) {
    const auto disc = survey.catalog.disc_of(track);
    if (std::find(discs.begin(), discs.end(), disc) == discs.end()) discs.push_back(disc);
  }
  for (const auto disc : discs) {
    auto& record = planned.records[disc] = survey.catalog.load_disc(disc);
    for (auto& snapshot : snapshot_tracks(survey, record)) {
      if (!until.contains(snapshot.id)) continue;
      planned.snapshots[snapshot.id] = snapshot;
      chosen.push_back(std::move(snapshot));
    }
  }
  planned.plan = plan_snapshots(chosen, until, mode, taken_by_others(survey.catalog, chosen, until));
  return planned;
}

namespace {

// Every disc's chosen tracks in one plan.
Plan plan_together(Survey& survey, const std::vector<DiscId>& discs, const std::optional<std::vector<TrackId>>& tracks,
                   Stage until, PlanInput::Mode mode) {
  std::map<TrackId, Stage> chosen;
  for (const auto disc : discs) {
    for (const auto& snapshot : snapshot_tracks(survey, survey.catalog.load_disc(disc, Catalog::Detail::kListing))) {
      const bool asked = tracks ? std::find(tracks->begin(), tracks->end(), snapshot.id) != tracks->end()
                                : selected_by_default(snapshot, until);
      if (asked) chosen[snapshot.id] = until;
    }
  }
  return plan_tracks(survey, chosen, mode).plan;
}

}  // namespace

Plan plan_disc(Catalog& catalog, const Config& config, DiscId disc, const std::optional<std::vector<TrackId>>& tracks,
               Stage until, PlanInput::Mode mode) {
  Survey survey(catalog, config);
  auto plan = plan_together(survey, {disc}, tracks, until, mode);
  save_looks(survey);
  return plan;
}

void plan_discs(Catalog& catalog, const Config& config, const std::vector<DiscId>& discs, Stage until,
                const std::function<void(const Plan&)>& take) {
  Survey survey(catalog, config);
  for (const auto& group : group_by_library_files(catalog, config, discs))
    take(plan_together(survey, group, std::nullopt, until, PlanInput::Mode::kAsked));
  save_looks(survey);
}

}  // namespace amphi
