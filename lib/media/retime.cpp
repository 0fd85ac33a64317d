#include "media/retime.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kClockMask = (std::int64_t{1} << 33) - 1;
constexpr std::size_t kStampSize = 5;

// 4 bits of prefix, 3 + 15 + 15 bits of time, a marker bit after each (ISO/IEC 13818-1, 2.4.3.6).
void move_stamp(std::span<std::uint8_t, kStampSize> field, std::int64_t offset) {
  const auto time = static_cast<std::int64_t>(field[0] >> 1 & 7) << 30 | static_cast<std::int64_t>(field[1]) << 22 |
                    static_cast<std::int64_t>(field[2] >> 1) << 15 | static_cast<std::int64_t>(field[3]) << 7 |
                    field[4] >> 1;
  const auto moved = static_cast<std::uint64_t>((time + offset) & kClockMask);
  field[0] = static_cast<std::uint8_t>((field[0] & 0xf0U) | (moved >> 30 & 7U) << 1 | 1U);
  field[1] = static_cast<std::uint8_t>(moved >> 22);
  field[2] = static_cast<std::uint8_t>((moved >> 15 & 0x7fU) << 1 | 1U);
  field[3] = static_cast<std::uint8_t>(moved >> 7);
  field[4] = static_cast<std::uint8_t>((moved & 0x7fU) << 1 | 1U);
}

// How many of PTS, DTS the header announces.
std::size_t stamps_of(Pack pack, const Pes& pes) {
  if (!pes.is_elementary() || pes.begin + 9 > pes.end) return 0;
  if ((pack[pes.begin + 6] & 0xc0U) != 0x80) return 0;
  const unsigned flags = pack[pes.begin + 7] >> 6;
  return flags == 3 ? 2 : flags == 2 ? 1 : 0;
}

}  // namespace

void retime_pack(MutablePack pack, std::int64_t offset) {
  for_each_pes(pack, [&](const Pes& pes) {
    for (std::size_t i = 0, n = stamps_of(pack, pes); i < n; ++i) {
      const std::size_t at = pes.begin + 9 + i * kStampSize;
      if (at + kStampSize > pes.end) return;
      move_stamp(std::span<std::uint8_t, kStampSize>(pack.data() + at, kStampSize), offset);
    }
  });
}

}  // namespace amphi
