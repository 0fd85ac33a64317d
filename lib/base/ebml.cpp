#include "base/ebml.hpp"

namespace amphi {
namespace {

// Bytes of the number that begins there, as the place of its first set bit says; 0: more than `most`, or none there.
std::size_t width_at(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t most) {
  for (std::size_t width = 1; at < bytes.size() && width <= most; ++width) {
    if ((bytes[at] & 0x80U >> (width - 1)) != 0) return width;
  }
  return 0;
}

}  // namespace

std::optional<EbmlHead> parse_ebml_head(std::span<const std::uint8_t> bytes) {
  EbmlHead head;
  const auto id_width = width_at(bytes, 0, 4);
  const auto size_width = id_width == 0 ? 0 : width_at(bytes, id_width, 8);
  head.length = id_width + size_width;
  if (size_width == 0 || head.length > bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < id_width; ++i) head.id = head.id << 8 | bytes[i];
  std::uint64_t size = bytes[id_width] & (0xffU >> size_width);
  for (std::size_t i = 1; i < size_width; ++i) size = size << 8 | bytes[id_width + i];
  if (size != (std::uint64_t{1} << 7 * size_width) - 1) head.size = static_cast<std::int64_t>(size);
  return head;
}

std::string ebml_number(std::uint64_t value, std::size_t width) {
  std::string out;
  for (auto i = width; i-- > 0;) out += static_cast<char>(value >> 8 * i & 0xff);
  return out;
}

std::string ebml_size(std::uint64_t size, std::size_t width) {
  return ebml_number(std::uint64_t{1} << 7 * width | size, width);
}

std::string ebml_void(std::int64_t whole) {
  constexpr std::int64_t kShort = 2 + 126;  // a size of one byte
  const std::size_t width = whole <= kShort ? 1 : 8;
  const auto body = static_cast<std::uint64_t>(whole) - 1 - width;
  return ebml_number(kEbmlVoid, 1) + ebml_size(body, width) + std::string(body, '\0');
}

}  // namespace amphi
