// The colours of a DVD's sub-pictures, which lie in the IFO, as VobSub's .idx text has them: what Matroska wants as
// CodecPrivate of S_VOBSUB.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace amphi {

using Palette = std::array<std::uint32_t, 16>;  // 0x00YYCrCb, BT.601, limited range

// 0xRRGGBB.
std::uint32_t rgb_of(std::uint32_t ycrcb);

// "size: 720x576\npalette: rrggbb, ...\n"
std::string vobsub_header(int width, int height, const Palette& palette);

}  // namespace amphi
