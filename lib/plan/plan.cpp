#include "amphi/plan.hpp"

#include <algorithm>
#include <tuple>

#include "plan/conflicts.hpp"
#include "plan/order.hpp"
#include "plan/track_steps.hpp"

namespace amphi {
namespace {

// By disc, then number; a track that was named twice counts once.
std::vector<TrackSnapshot> in_order(std::vector<TrackSnapshot> tracks) {
  const auto key = [](const TrackSnapshot& track) { return std::tie(track.disc_id, track.number, track.id); };
  std::sort(tracks.begin(), tracks.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto is_same = [](const auto& a, const auto& b) { return a.id == b.id; };
  tracks.erase(std::unique(tracks.begin(), tracks.end(), is_same), tracks.end());
  return tracks;
}

}  // namespace

Plan make_plan(const PlanInput& input) {
  const auto tracks = in_order(input.tracks);
  Plan plan;
  std::map<TrackId, std::string> sources;
  for (const auto& track : tracks) {
    sources[track.id] = track.source;
    for (auto& step : make_track_steps(track, input)) plan.steps.push_back(std::move(step));
    for (auto& note : make_track_notes(track, input)) plan.notes.push_back(std::move(note));
  }
  block_conflicts(plan.steps, tracks, input.taken);
  plan.steps = in_starting_order(std::move(plan.steps), sources);
  return plan;
}

}  // namespace amphi
