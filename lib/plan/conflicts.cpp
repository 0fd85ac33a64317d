#include "plan/conflicts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "plan/wording.hpp"

namespace amphi {
namespace {

// Somebody has, or is about to have, the file.
struct Claim {
  TrackId track;
  Stage stage = Stage::kRip;
  std::string name;
  bool operator==(const Claim&) const = default;
};
using Claims = std::map<std::string, std::vector<Claim>>;

void add_claim(Claims& claims, const std::string& path, const Claim& claim) {
  if (path.empty()) return;
  auto& there = claims[collision_key(path)];
  if (std::find(there.begin(), there.end(), claim) == there.end()) there.push_back(claim);
}

bool holds_its_path(const StageSnapshot& stage) {
  return stage.receipt && stage.verdict != Verdict::kPending && stage.verdict != Verdict::kRemoved;
}

Claims collect_claims(const std::vector<PlannedStep>& steps, const std::vector<TrackSnapshot>& tracks) {
  Claims claims;
  std::map<TrackId, std::string> names;
  for (const auto& track : tracks) {
    names[track.id] = track_name(track);
    for (const Stage stage : kStages)
      if (holds_its_path(track.stages[stage]))
        add_claim(claims, track.stages[stage].receipt->path, {track.id, stage, track_name(track)});
  }
  for (const auto& step : steps) add_claim(claims, step.output, {step.track_id, step.stage, names[step.track_id]});
  return claims;
}

std::vector<std::string> others(const PlannedStep& step, const Claims& claims,
                                const std::map<std::string, std::string>& taken) {
  std::vector<std::string> names;
  const auto key = collision_key(step.output);
  if (const auto at = claims.find(key); at != claims.end())
    for (const auto& claim : at->second)
      if (claim.track != step.track_id || claim.stage != step.stage)
        names.push_back(fmt::format("{} of {}", noun_of(claim.stage), claim.name));
  if (const auto at = taken.find(key); at != taken.end()) names.push_back(at->second);
  return names;
}

}  // namespace

void block_conflicts(std::vector<PlannedStep>& steps, const std::vector<TrackSnapshot>& tracks,
                     const std::map<std::string, std::string>& taken) {
  const auto claims = collect_claims(steps, tracks);
  for (auto& step : steps) {
    if (step.output.empty()) continue;
    const auto names = others(step, claims, taken);
    if (names.empty()) continue;
    const auto way_out = step.stage == Stage::kInsert ? "; an edition or another name settles it" : "";
    step.state = StepState::kBlocked;
    step.reason = fmt::format("would write the same file as {}: {}{}", join(names, ", "), step.output, way_out);
  }
}

}  // namespace amphi
