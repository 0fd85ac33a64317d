// Discs for the tests: the authored ones, and sectors made up byte by byte.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "reader/pack.hpp"
#include "reader/sector_reader.hpp"

namespace amphi::test {

using Sector = std::array<std::uint8_t, kSectorSize>;

inline std::string disc_path(const char* variable, const char* name, const std::string& form) {
  const char* folder = std::getenv(variable);
  return (folder != nullptr ? std::string(folder) : std::string(AMPHI_SOURCE_DIR "/.cache/fixtures/") + name) + "/" +
         form;
}
// tests/fixtures/prepare.sh makes them.
inline std::string pal(const std::string& form = "disc.iso") {
  return disc_path("AMPHI_TEST_DVD", "pal", form);
}
inline std::string ntsc(const std::string& form = "disc.iso") {
  return disc_path("AMPHI_TEST_DVD_NTSC", "ntsc", form);
}

inline void put16(Sector& sector, std::size_t at, std::uint32_t value) {
  sector[at] = static_cast<std::uint8_t>(value >> 8);
  sector[at + 1] = static_cast<std::uint8_t>(value);
}
inline void put32(Sector& sector, std::size_t at, std::uint32_t value) {
  put16(sector, at, value >> 16);
  put16(sector, at + 2, value);
}

inline Sector pack_header() {
  Sector sector{};
  put32(sector, 0, 0x000001ba);
  sector[4] = 0x44;
  sector[13] = 0xf8;
  return sector;
}

// A NAV pack as ISO/IEC 13818-1 and DVD-Video lay it out. `next` -1: the cell's last VOBU.
struct NavFields {
  std::uint32_t sector = 0, start = 0, end = 0, last_sector = 0;
  std::int64_t next = -1;
};
inline Sector nav_pack(const NavFields& fields) {
  auto sector = pack_header();
  put32(sector, 14, 0x000001bb);
  put16(sector, 18, 18);
  put32(sector, 0x26, 0x000001bf);
  put16(sector, 0x2a, 980);
  put32(sector, 0x2d, fields.sector);
  put32(sector, 0x2d + 12, fields.start);
  put32(sector, 0x2d + 16, fields.end);
  put32(sector, 0x400, 0x000001bf);
  put16(sector, 0x404, 1018);
  sector[0x406] = 1;
  put32(sector, 0x407 + 8, fields.last_sector);
  put32(sector, 0x407 + 314, fields.next < 0 ? 0x3fffffffU : 0x80000000U | static_cast<std::uint32_t>(fields.next));
  return sector;
}

// A pack with one PES packet that fills it: video 0xe0, private stream 1 0xbd ...; `flags` are those of PTS and DTS.
inline Sector pes_pack(std::uint8_t stream_id, std::uint8_t flags = 0) {
  auto sector = pack_header();
  put32(sector, 14, 0x00000100U | stream_id);
  put16(sector, 18, kSectorSize - 20);
  sector[20] = 0x81;
  sector[21] = flags;
  sector[22] = flags == 0xc0 ? 10 : flags == 0x80 ? 5 : 0;
  return sector;
}

class MemorySectors : public SectorReader {
 public:
  explicit MemorySectors(std::vector<Sector> sectors) : sectors_(std::move(sectors)) {}

  std::int64_t read(std::int64_t first, std::span<std::uint8_t> out) override {
    ++reads;
    const auto wanted = static_cast<std::int64_t>(out.size() / kSectorSize);
    const auto count = std::clamp<std::int64_t>(sectors() - first, 0, wanted);
    for (std::int64_t i = 0; i < count; ++i) {
      if (unreadable.contains(first + i)) return -1;
      const auto& sector = sectors_[static_cast<std::size_t>(first + i)];
      std::copy(sector.begin(), sector.end(), out.begin() + i * static_cast<std::int64_t>(kSectorSize));
    }
    return count;
  }
  std::int64_t sectors() const override { return static_cast<std::int64_t>(sectors_.size()); }

  std::set<std::int64_t> unreadable;
  int reads = 0;

 private:
  std::vector<Sector> sectors_;
};

}  // namespace amphi::test
