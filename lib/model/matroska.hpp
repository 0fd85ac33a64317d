// What amphi knows of Matroska (RFC 9559) by itself; whatever is coded is libav's business.
#pragma once

#include <cstdint>

namespace amphi {

// The one element of a file, and elements on the level below it.
constexpr std::uint32_t kMatroskaSegment = 0x18538067, kMatroskaSeekHead = 0x114d9b74, kMatroskaInfo = 0x1549a966,
                        kMatroskaTracks = 0x1654ae6b, kMatroskaCluster = 0x1f43b675;

// Bytes of a Void that whoever writes a file for amphi leaves in front of the Clusters: languages, names and tags that
// are set afterwards in place then need no room behind them. libavformat's `metadata_header_padding`.
constexpr int kRoomForEdits = 8 << 10;

}  // namespace amphi
