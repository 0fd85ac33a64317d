// One track out of the report of its disc.
#pragma once

#include "amphi/process.hpp"
#include "context.hpp"
#include "views/track_view.hpp"

namespace amphi::cmd {

// The row of `track`; points into `report`.
TrackRow row_of(const DiscReport& report, TrackId track);

// "Sita Sings the Blues (2008), dvd-a1b2c3d, track 3"
std::string track_name(const Disc& disc, const Track& track);

// {"schema", "track"}: what the verbs that change a track print; or `sentence` as text.
Document changed_track_document(std::string_view schema);
void print_changed_track(Context& context, Catalog& catalog, TrackId track, const std::string& sentence);

}  // namespace amphi::cmd
