// What a failure's cause hangs on: as long as it is as it was, trying again is pointless.
#pragma once

#include <map>
#include <string>

#include "amphi/config.hpp"
#include "amphi/plan.hpp"

namespace amphi {

// cause -> circumstance as it is now, for kKey, kPreset, kTool, kMedium, kSpace.
std::map<Cause, std::string> circumstances(const Config& config, const TrackSnapshot& track, Stage stage);
std::string circumstance_of(const Config& config, const TrackSnapshot& track, Stage stage, std::optional<Cause> cause);

}  // namespace amphi
