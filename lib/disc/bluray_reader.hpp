// Blu-ray and UHD discs. Who a disc is comes from its bytes, read here; what its playlists play is asked of libbluray,
// in amphi-reader.
#pragma once

#include "amphi/disc.hpp"
#include "amphi/source.hpp"
#include "disc/disc_files.hpp"

namespace amphi {

bool holds_bluray(const DiscFiles& files);

// Throws kUsage where there is no Blu-ray, kUnavailable where it cannot be read.
ScannedDisc read_bluray_identity(const Source& source, const DiscFiles& files);
ScannedDisc read_bluray(const Source& source, const DiscFiles& files);

}  // namespace amphi
