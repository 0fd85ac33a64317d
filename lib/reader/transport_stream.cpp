#include "reader/transport_stream.hpp"

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

// Reads on within a packet; beyond its end everything is 0.
class PacketReader {
 public:
  explicit PacketReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = rest_.front();
    rest_ = rest_.subspan(1);
    return value;
  }
  void skip(std::size_t count) { rest_ = rest_.subspan(std::min(count, rest_.size())); }

 private:
  std::span<const std::uint8_t> rest_;
};

// Past the packet's header (2.4.3.2) and its adaptation field, to what it carries.
PacketReader payload_of(std::span<const std::uint8_t> packet) {
  constexpr std::uint8_t kHasAdaptation = 0x20;
  PacketReader reader(packet);
  reader.skip(3);
  if ((reader.byte() & kHasAdaptation) != 0) reader.skip(reader.byte());
  return reader;
}

// The stream_id_extension of a PES packet's header (2.4.3.6); 0 where it has none.
int stream_id_extension(PacketReader reader) {
  constexpr std::uint8_t kExtendedStream = 0xFD, kExtension = 0x01;
  if (reader.byte() != 0 || reader.byte() != 0 || reader.byte() != 1 || reader.byte() != kExtendedStream) return 0;
  reader.skip(3);  // length, and flags that change no field
  const auto flags = reader.byte();
  reader.skip(1);  // the header's length
  if ((flags & kExtension) == 0) return 0;
  const std::size_t time_stamps = (flags & 0x40) != 0 ? 10 : (flags & 0x80) != 0 ? 5 : 0;
  reader.skip(time_stamps + ((flags & 0x20) != 0 ? 6 : 0) + ((flags & 0x10) != 0 ? 3 : 0) +
              ((flags & 0x08) != 0 ? 1 : 0) + ((flags & 0x04) != 0 ? 1 : 0) + ((flags & 0x02) != 0 ? 2 : 0));
  const auto extension = reader.byte();
  if ((extension & 0x80) != 0) reader.skip(16);
  if ((extension & 0x40) != 0) reader.skip(reader.byte());
  reader.skip(((extension & 0x20) != 0 ? 2 : 0) + ((extension & 0x10) != 0 ? 2 : 0));
  if ((extension & 0x01) == 0) return 0;
  reader.skip(1);  // its length
  const auto id = reader.byte();
  return (id & 0x80) == 0 ? id : 0;
}

}  // namespace

SectorKind clip_sectors(const std::string& name, std::int64_t clip_bytes) {
  return {name,
          [clip_bytes](std::int64_t sector, std::span<const std::uint8_t> bytes) {
            return inspect(sector, bytes, clip_bytes);
          },
          "AACS", "rip with makemkv"};
}

void collect_streams(std::span<const std::uint8_t> packets, FoundStreams& found) {
  constexpr int kCore = 0x76;
  for (; packets.size() >= static_cast<std::size_t>(kPacket); packets = packets.subspan(kPacket)) {
    const auto packet = packets.first(static_cast<std::size_t>(kPacket)).subspan(kHeader);
    if (packet[0] != kSync || (packet[1] & kUnitStart) == 0) continue;
    const int pid = (packet[1] & 0x1F) << 8 | packet[2];
    found.pids.insert(pid);
    if (stream_id_extension(payload_of(packet)) == kCore) found.cores.insert(pid);
  }
}

}  // namespace amphi
