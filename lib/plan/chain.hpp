// Which stages of a track are to be done, looked at from the end.
#pragma once

#include <vector>

#include "amphi/plan.hpp"

namespace amphi {

// The stages that a track passes up to `until`, in order. Preset "copy" leaves the transcode out, unless one stands.
std::vector<Stage> stages_until(const TrackSnapshot& track, Stage until);

// Recorded, there, and not flagged for reprocessing.
bool stands(const StageSnapshot& stage);
// As a target nothing is to be done for it: it stands, or was cleaned up while a later stage holds the result.
bool is_settled(const TrackSnapshot& track, Stage stage);

// A file is there without a receipt: adopting it comes before making another.
bool is_to_be_adopted(const StageSnapshot& stage);

// In order; empty when the track is complete up to `until`.
std::vector<Stage> stages_to_do(const TrackSnapshot& track, Stage until);

}  // namespace amphi
