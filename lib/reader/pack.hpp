// One sector of a VOB: an MPEG-2 program stream pack of 2,048 bytes (ISO/IEC 13818-1, 2.5.3), with the private streams
// as DVD-Video lays them out. Nothing here trusts a length it reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "amphi/sector.hpp"
#include "reader/bits.hpp"

namespace amphi {

inline constexpr int kVideoStream = 0x1e0;
inline constexpr int kNavStream = 0x1bf;

using Pack = std::span<const std::uint8_t, kSectorSize>;
using MutablePack = std::span<std::uint8_t, kSectorSize>;

bool is_pack(Pack pack);
// CSS: the sector still carries its scrambling mark, so nobody decrypted it.
bool is_scrambled(Pack pack);

// A NAV pack, the first of each VOBU: presentation times on the disc's 90 kHz clock, and the way to the next VOBU.
struct Nav {
  std::int64_t start = 0, end = 0;        // vobu_s_ptm, vobu_e_ptm
  std::int64_t sector = 0;                // nv_pck_lbn: where it lies in the title set's VOBs
  std::int64_t last_sector = 0;           // vobu_ea: of the VOBU, relative to the NAV pack
  std::optional<std::int64_t> next_vobu;  // of this cell, relative; nullopt: this is the cell's last
};
std::optional<Nav> parse_nav(Pack pack);

// A PES packet inside a pack. `begin`, `end` are offsets in the pack; `end` never lies beyond it.
struct Pes {
  std::uint8_t stream_id = 0;
  std::size_t begin = 0, end = 0;
  bool is_elementary() const { return stream_id == 0xbd || (stream_id >= 0xc0 && stream_id <= 0xef); }
};
// The packet at `at`, or nullopt where none begins.
std::optional<Pes> pes_at(Pack pack, std::size_t at);
std::size_t first_pes(Pack pack);

template <class Take>
void for_each_pes(Pack pack, Take take) {
  for (auto pes = pes_at(pack, first_pes(pack)); pes; pes = pes_at(pack, pes->end)) take(*pes);
}

// The bytes after the PES header; empty when the header claims more than there is.
Bytes pes_payload(Pack pack, const Pes& pes);
// libav's number for the stream: 0x1e0 video, 0x1c0 MPEG audio, the sub-stream's own in private stream 1 (0x80 AC-3,
// 0x88 DTS, 0xa0 LPCM, 0x20 sub-picture). nullopt: no elementary stream.
std::optional<int> stream_of(Pack pack, const Pes& pes);

}  // namespace amphi
