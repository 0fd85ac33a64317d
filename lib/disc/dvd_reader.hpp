// DVD-Video by libdvdread, from a device, an image or a folder.
#pragma once

#include "amphi/disc.hpp"
#include "disc/disc_files.hpp"

namespace amphi {

// Fingerprint, identifiers, label. Throws kUsage when the source is no DVD, kUnavailable when it cannot be read.
// `files`: everything on the disc where it could be listed, nullptr else. A device must be ready.
ScannedDisc read_dvd_identity(const Source& source, const DiscFiles* files);

// The same and the titles. An image that is shorter than its files is kUnavailable.
ScannedDisc read_dvd(const Source& source, const DiscFiles* files);

}  // namespace amphi
