// Where sectors come from, apart from what they are: libdvdread's VOBs, the file of sectors copied so far, a test's
// vector.
#pragma once

#include <cstdint>
#include <span>

#include "reader/pack.hpp"

namespace amphi {

class SectorReader {
 public:
  virtual ~SectorReader() = default;
  // Fills `out` (whole sectors) from `first` on. How many were read: fewer where the source ends, none beyond its end;
  // negative: unreadable, nothing of `out` counts.
  virtual std::int64_t read(std::int64_t first, std::span<std::uint8_t> out) = 0;
  virtual std::int64_t sectors() const = 0;
};

}  // namespace amphi
