// Track as the contract's "Fields" name it; the rows of `disc show`, and `track show`.
#pragma once

#include "amphi/process.hpp"
#include "view.hpp"

namespace amphi::cmd {

struct TrackRow {
  const Track* track = nullptr;
  const TrackReport* report = nullptr;
};

// In the order of their numbers. Points into `report`.
std::vector<TrackRow> track_rows(const DiscReport& report);
PerStage<Verdict> verdicts(const TrackRow& row);

const View<TrackRow>& track_view();
const ViewInfo& track_info();
inline constexpr std::string_view kTrackStatusWords =
    "discovered|ripped|transcoded|complete|running|interrupted|failed|waiting";

}  // namespace amphi::cmd
