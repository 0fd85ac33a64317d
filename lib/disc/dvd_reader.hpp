// DVD-Video by libdvdread, from a device, an image or a folder.
#pragma once

#include "amphi/disc.hpp"

namespace amphi {

// Fingerprint, identifiers, label. Throws kUsage when the source is no DVD, kUnavailable when it cannot be read.
ScannedDisc read_dvd_identity(const Source& source);

// The same and the titles. An image that is shorter than its files is kUnavailable.
ScannedDisc read_dvd(const Source& source);

}  // namespace amphi
