// EBML (RFC 8794), of which Matroska is made: elements of an id, a size and so many bytes of body. Ids are kept with
// their marker bits, as specifications print them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace amphi {

struct EbmlHead {
  std::uint32_t id = 0;
  std::size_t length = 0;            // bytes of id and size
  std::optional<std::int64_t> size;  // bytes of the body; nullopt: unknown, as live streams have it
};

constexpr std::size_t kLongestEbmlHead = 12;
constexpr std::uint32_t kEbmlId = 0x1a45dfa3, kEbmlVoid = 0xec, kEbmlChecksum = 0xbf;

// nullopt: the bytes end within the head, or are none.
std::optional<EbmlHead> parse_ebml_head(std::span<const std::uint8_t> bytes);

// `width` bytes, big-endian.
std::string ebml_number(std::uint64_t value, std::size_t width);
// A size as it stands in a head of that width, 1 to 8 bytes; it must fit: below 2^(7*width) - 1.
std::string ebml_size(std::uint64_t size, std::size_t width);
// An element of nothing that takes `whole` bytes, head and all: 2 at least.
std::string ebml_void(std::int64_t whole);

}  // namespace amphi
