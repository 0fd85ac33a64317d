// Bytes of a Void that whoever writes a Matroska file for amphi leaves in front of the clusters: languages, names and
// tags that are set afterwards in place then move nothing behind them. libavformat's `metadata_header_padding`.
#pragma once

namespace amphi {

constexpr int kRoomForEdits = 8 << 10;

}  // namespace amphi
