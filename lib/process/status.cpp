// From snapshots to the words people read: a track's status, a disc's state, what process would choose.
#include <algorithm>

#include "amphi/process.hpp"
#include "process/locks.hpp"
#include "process/survey.hpp"

namespace amphi {
namespace {

bool stands(const TrackSnapshot& track, Stage stage) {
  const auto& snapshot = track.stages[stage];
  // Out of sight is not gone: a folder that is away does not take back what was done.
  return !snapshot.stale && (snapshot.verdict == Verdict::kDone || snapshot.verdict == Verdict::kUnreadable);
}

std::optional<Stage> next_stage(const TrackSnapshot& track) {
  if (stands(track, Stage::kInsert)) return std::nullopt;
  if (stands(track, Stage::kTranscode)) return Stage::kInsert;
  if (!stands(track, Stage::kRip)) return Stage::kRip;
  return track.preset == kCopyPreset ? Stage::kInsert : Stage::kTranscode;
}

bool waits(const TrackSnapshot& track) {
  for (const auto stage : kStages)
    if (track.stages[stage].verdict == Verdict::kUnreadable && !track.stages[stage].stale &&
        (stage == Stage::kInsert || next_stage(track)))
      return true;
  const auto next = next_stage(track);
  // A track nobody began is only waiting where its very first step is; the library may be configured later.
  return next && (standing(track) != TrackStatus::kDiscovered || *next == Stage::kRip) &&
         !track.stages[*next].waiting.empty();
}

TrackStatus track_status_of(const TrackSnapshot& track, const PerStage<std::optional<Attempt>>& attempts,
                            const std::vector<Interrupted>& work) {
  for (const auto& interrupted : work)
    if (interrupted.intent.track_id == track.id)
      return interrupted.alive ? TrackStatus::kRunning : TrackStatus::kInterrupted;
  if (const auto next = next_stage(track))
    if (attempts[*next] && attempts[*next]->outcome == Outcome::kFailed) return TrackStatus::kFailed;
  return waits(track) ? TrackStatus::kWaiting : standing(track);
}

bool anything_recorded(const PerStage<std::optional<StoredArtifact>>& artifacts) {
  return std::any_of(artifacts.values.begin(), artifacts.values.end(),
                     [](const auto& stored) { return stored.has_value(); });
}

}  // namespace

std::string_view to_string(TrackStatus status) {
  switch (status) {
    case TrackStatus::kDiscovered:
      return "discovered";
    case TrackStatus::kRipped:
      return "ripped";
    case TrackStatus::kTranscoded:
      return "transcoded";
    case TrackStatus::kComplete:
      return "complete";
    case TrackStatus::kRunning:
      return "running";
    case TrackStatus::kInterrupted:
      return "interrupted";
    case TrackStatus::kFailed:
      return "failed";
    case TrackStatus::kWaiting:
      return "waiting";
  }
  return "discovered";
}

TrackStatus standing(const TrackSnapshot& track) {
  if (stands(track, Stage::kInsert)) return TrackStatus::kComplete;
  if (stands(track, Stage::kTranscode)) return TrackStatus::kTranscoded;
  if (stands(track, Stage::kRip)) return TrackStatus::kRipped;
  return TrackStatus::kDiscovered;
}

std::string disc_state(const DiscRecord& record, const std::vector<TrackSnapshot>& tracks) {
  auto least = TrackStatus::kComplete;
  bool any = false;
  for (std::size_t index = 0; index < tracks.size(); ++index) {
    if (record.tracks[index].vanished || !record.tracks[index].wanted()) continue;
    any = true;
    least = std::min(least, standing(tracks[index]));
  }
  return std::string(to_string(any ? least : TrackStatus::kDiscovered));
}

DiscReport survey_disc(Catalog& catalog, const Config& config, DiscId disc, Look look) {
  Survey survey(catalog, config);
  survey.look = look;
  DiscReport report;
  report.record = catalog.load_disc(disc, Catalog::Detail::kListing);
  auto snapshots = snapshot_tracks(survey, report.record);
  save_looks(survey);
  report.state = disc_state(report.record, snapshots);
  const auto work = interrupted_work(catalog);
  report.tracks.reserve(snapshots.size());
  for (std::size_t index = 0; index < snapshots.size(); ++index) {
    TrackReport track;
    track.status = track_status_of(snapshots[index], report.record.last_attempts[index], work);
    track.selected = selected_by_default(snapshots[index], Stage::kInsert);
    track.resettable = anything_recorded(report.record.artifacts[index]);
    track.snapshot = std::move(snapshots[index]);
    report.tracks.push_back(std::move(track));
  }
  return report;
}

}  // namespace amphi
