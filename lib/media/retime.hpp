// Time stamps rewritten in place, so that a demuxer sees one clock where the disc restarts its own at every VOB.
#pragma once

#include <cstdint>

#include "reader/pack.hpp"

namespace amphi {

// Adds `offset` (90 kHz, may be negative) to every PTS and DTS of the pack, modulo 2^33. SCR and marker bits stay; a
// header that claims more than the pack holds is left alone.
void retime_pack(MutablePack pack, std::int64_t offset);

}  // namespace amphi
