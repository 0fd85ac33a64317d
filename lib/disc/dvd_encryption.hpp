// Whether a DVD's sectors are scrambled with CSS.
#pragma once

#include <vector>

#include "amphi/source.hpp"
#include "amphi/track.hpp"
#include "disc/dvd_handle.hpp"

namespace amphi {

// A sector (2,048 bytes: one MPEG pack) whose PES header carries scrambling bits.
bool is_scrambled(const unsigned char* sector);

// Looks at a few sectors of the largest title in each of the largest title sets; on a device whose sectors cannot be
// read, at what the drive says of the copyright. With libdvdcss there the sectors come out clear, and the answer is no.
bool looks_encrypted(const Source& source, const DvdReader& reader, const std::vector<ScannedTrack>& tracks);

}  // namespace amphi
