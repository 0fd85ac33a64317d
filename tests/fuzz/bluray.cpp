// What amphi itself reads of a Blu-ray: the angles of a playlist, the packets of a clip. The rest is libbluray's, which
// damaged navigation ends at times; that happens in a process of its own (unit/disc/bluray_test.cpp).
#include <cstddef>
#include <cstdint>
#include <span>

#include "demand.hpp"
#include "reader/playlist_angles.hpp"
#include "reader/transport_stream.hpp"

using namespace amphi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  if (const auto items = read_angles(bytes)) {
    for (const auto& angles : *items) {
      fuzz::demand(!angles.empty(), "an item has its first angle");
      for (const auto& clip : angles) fuzz::demand(clip.size() == 5, "a clip's name has five digits", clip);
    }
  }
  FoundStreams found;
  collect_streams(bytes, found);
  for (const int pid : found.pids) fuzz::demand(pid >= 0 && pid < 0x2000, "a stream's number has 13 bits");
  for (const int pid : found.cores) fuzz::demand(found.pids.contains(pid), "what is within a stream is of one");
  const auto kind = clip_sectors("00001.m2ts", static_cast<std::int64_t>(size));
  for (std::size_t sector = 0; (sector + 1) * kSectorSize <= size; ++sector)
    kind.inspect(static_cast<std::int64_t>(sector), bytes.subspan(sector * kSectorSize, kSectorSize));
  return 0;
}
