// Big-endian numbers and single bits of a byte range. Reading past the end gives zeros and is remembered, so that a
// parser checks once, at its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace amphi {

using Bytes = std::span<const std::uint8_t>;

// The caller knows that the bytes are there.
inline std::uint32_t be16(Bytes bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at]) << 8 | bytes[at + 1];
}
inline std::uint32_t be32(Bytes bytes, std::size_t at) {
  return be16(bytes, at) << 16 | be16(bytes, at + 2);
}

class BitReader {
 public:
  explicit BitReader(Bytes bytes) : bytes_(bytes) {}

  std::uint32_t take(int count) {
    std::uint32_t value = 0;
    for (; count > 0; --count, ++at_) {
      const std::uint32_t bit = at_ / 8 < bytes_.size() ? bytes_[at_ / 8] >> (7 - at_ % 8) & 1U : 0U;
      value = value << 1 | bit;
    }
    return value;
  }
  void skip(int count) { at_ += static_cast<std::size_t>(count); }
  bool overrun() const { return at_ > bytes_.size() * 8; }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
};

}  // namespace amphi
