// The transport stream of a Blu-ray's clip, sector by sector: packets of 192 bytes, of which the last 188 are an MPEG
// transport packet (ISO/IEC 13818-1) that begins with 0x47. AACS encrypts units of 32 packets but for the first 16
// bytes, and marks them in the first two bits.
#pragma once

#include <cstdint>
#include <set>
#include <span>

#include "reader/sector_copy.hpp"

namespace amphi {

// `clip_bytes`: what lies behind is no packet.
SectorKind clip_sectors(const std::string& name, std::int64_t clip_bytes);

// The streams (PIDs) of which something begins in packets. A TrueHD stream of a Blu-ray has one of AC-3 among its own
// packets, for players that know no TrueHD; they bear another stream_id_extension (0x76).
struct FoundStreams {
  std::set<int> pids;
  std::set<int> cores;  // those that have such an AC-3 stream within
};

// `packets`: whole packets of 192 bytes.
void collect_streams(std::span<const std::uint8_t> packets, FoundStreams& found);

}  // namespace amphi
