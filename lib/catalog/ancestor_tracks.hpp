// The tracks of one disc of the ancestor's: those of its rows and those that only its scan tells of. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "amphi/edit.hpp"
#include "amphi/stage.hpp"
#include "amphi/track.hpp"
#include "catalog/ancestor_row.hpp"
#include "catalog/ancestor_track.hpp"

namespace amphi {

struct AncestorTrack {
  std::optional<ForeignRow> row;  // absent: only in scan_data
  ScannedTrack scanned;           // reference "title:3": no more than a number
  Classification classification;
  TrackChange edits;  // its id is not known here
  PerStage<std::optional<std::string>> paths;
  std::string preset;     // of the transcode
  Timestamp recorded_at;  // when the ancestor made the row; long ago where it does not say
};

using AncestorPresets = std::map<std::int64_t, std::string>;  // name by id

// `rows`: of `tracks`, by id; `scanned`: of the disc's scan_data. A row's word counts more than the scan's.
std::vector<AncestorTrack> ancestor_tracks(const ForeignRow& disc, const std::vector<const ForeignRow*>& rows,
                                           const std::vector<TrackFacts>& scanned, const AncestorPresets& presets,
                                           BadRows& bad);

}  // namespace amphi
