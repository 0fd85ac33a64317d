#include "reader/pack.hpp"

#include <algorithm>

namespace amphi {
namespace {

constexpr std::uint8_t kSystemHeader = 0xbb, kPrivate1 = 0xbd, kPrivate2 = 0xbf;
// DVD-Video fixes where a NAV pack has its PCI and DSI packets.
constexpr std::size_t kPciPacket = 0x26, kPci = 0x2d, kDsiPacket = 0x400, kDsi = 0x407;
constexpr std::size_t kVobuSearchNext = kDsi + 314;
constexpr std::uint32_t kNoMoreVobus = 0x3fffffff;

bool is_start_code(Pack pack, std::size_t at, std::uint8_t id) {
  return pack[at] == 0 && pack[at + 1] == 0 && pack[at + 2] == 1 && pack[at + 3] == id;
}

}  // namespace

bool is_pack(Pack pack) {
  return is_start_code(pack, 0, 0xba);
}

std::size_t first_pes(Pack pack) {
  return 14 + (pack[13] & 7U);
}

bool is_scrambled(Pack pack) {
  const auto pes = pes_at(pack, first_pes(pack));
  if (!pes || !pes->is_elementary() || pes->begin + 7 > pes->end) return false;
  const unsigned flags = pack[pes->begin + 6];
  return (flags & 0xc0U) == 0x80 && (flags & 0x30U) != 0;
}

std::optional<Nav> parse_nav(Pack pack) {
  if (!is_pack(pack) || !is_start_code(pack, 14, kSystemHeader)) return std::nullopt;
  if (!is_start_code(pack, kPciPacket, kPrivate2) || pack[kPci - 1] != 0) return std::nullopt;
  if (!is_start_code(pack, kDsiPacket, kPrivate2) || pack[kDsi - 1] != 1) return std::nullopt;
  Nav nav;
  nav.sector = be32(pack, kPci);
  nav.start = be32(pack, kPci + 12);
  nav.end = be32(pack, kPci + 16);
  nav.last_sector = be32(pack, kDsi + 8);
  const auto next = be32(pack, kVobuSearchNext) & kNoMoreVobus;
  if (next != kNoMoreVobus) nav.next_vobu = next;
  return nav;
}

std::optional<Pes> pes_at(Pack pack, std::size_t at) {
  if (at + 6 > kSectorSize || pack[at] != 0 || pack[at + 1] != 0 || pack[at + 2] != 1) return std::nullopt;
  return Pes{pack[at + 3], at, std::min(at + 6 + be16(pack, at + 4), kSectorSize)};
}

Bytes pes_payload(Pack pack, const Pes& pes) {
  if (pes.begin + 9 > pes.end) return {};
  const std::size_t from = pes.begin + 9 + pack[pes.begin + 8];
  return from < pes.end ? Bytes(pack).subspan(from, pes.end - from) : Bytes();
}

std::optional<int> stream_of(Pack pack, const Pes& pes) {
  if (!pes.is_elementary()) return std::nullopt;
  if (pes.stream_id != kPrivate1) return 0x100 | pes.stream_id;
  const auto payload = pes_payload(pack, pes);
  if (payload.empty()) return std::nullopt;
  return payload[0];
}

}  // namespace amphi
