// The plan's clauses: each says precisely what is so, and names the file, disc or key.
#pragma once

#include <string>
#include <string_view>

#include "amphi/plan.hpp"

namespace amphi {

std::string_view noun_of(Stage stage);                // "the rip", "the transcode", "the library file"
std::string track_label(const TrackSnapshot& track);  // "dvd-a1b2c3d:1"
std::string track_name(const TrackSnapshot& track);   // "dvd-a1b2c3d:1 (Alien)"
std::string recorded_path(const StageSnapshot& stage, const std::string& otherwise);
std::string difference(
    const StageSnapshot& stage);  // " (12 bytes, 10 recorded)"; "" where sizes agree or are not known
std::string trouble_of(const StageSnapshot& stage);
std::string missing_source(const TrackSnapshot& track);
// Why the stage is to be done, where nothing is in the way.
std::string reason_to_do(const StageSnapshot& stage, const PlannedStep& step);

}  // namespace amphi
