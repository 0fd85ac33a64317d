#include "media/transport_stream.hpp"

#include <algorithm>

namespace amphi {
namespace {

constexpr std::int64_t kPacket = 192, kHeader = 4, kUnitSectors = 3;
constexpr std::uint8_t kSync = 0x47, kCopyPermission = 0xC0, kUnitStart = 0x40;

SectorState inspect(std::int64_t sector, std::span<const std::uint8_t> bytes, std::int64_t clip_bytes) {
  const auto begin = sector * static_cast<std::int64_t>(kSectorSize);
  const auto end = std::min(begin + static_cast<std::int64_t>(bytes.size()), clip_bytes);
  auto at = begin - begin % kPacket + kHeader;
  if (at < begin) at += kPacket;
  bool whole = true;
  for (; at < end; at += kPacket) whole = whole && bytes[static_cast<std::size_t>(at - begin)] == kSync;
  if (whole) return SectorState::kGood;
  const bool marked = sector % kUnitSectors == 0 && (bytes[0] & kCopyPermission) != 0 && bytes[kHeader] == kSync;
  return marked ? SectorState::kEncrypted : SectorState::kBad;
}

}  // namespace

SectorKind clip_sectors(const std::string& name, std::int64_t clip_bytes) {
  return {name,
          [clip_bytes](std::int64_t sector, std::span<const std::uint8_t> bytes) {
            return inspect(sector, bytes, clip_bytes);
          },
          "AACS", "rip with makemkv"};
}

void collect_pids(std::span<const std::uint8_t> packets, std::set<int>& pids) {
  for (; packets.size() >= static_cast<std::size_t>(kPacket); packets = packets.subspan(kPacket)) {
    const auto packet = packets.subspan(kHeader);
    if (packet[0] == kSync && (packet[1] & kUnitStart) != 0) pids.insert((packet[1] & 0x1F) << 8 | packet[2]);
  }
}

}  // namespace amphi
