#include "media/matroska_clusters.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "reader/bits.hpp"

namespace amphi {
namespace {

constexpr std::uint32_t kEbml = 0x1a45dfa3, kSegment = 0x18538067, kCluster = 0x1f43b675;
constexpr std::uint32_t kTimestamp = 0xe7, kCrc32 = 0xbf, kVoid = 0xec, kPosition = 0xa7, kPrevSize = 0xab;
constexpr std::size_t kHeaderLimit = 32;  // more than a cluster's header and the header of its first child need
constexpr int kChildrenLimit = 100000;

// An element's header at the beginning of `bytes`.
struct Element {
  std::uint32_t id = 0;
  std::size_t header = 0;
  std::optional<std::int64_t> size;  // nullopt: unknown, as live streams have it
};

std::optional<Element> parse_element(Bytes bytes) {
  const auto length_of = [&](std::size_t at, std::size_t most) -> std::size_t {
    for (std::size_t n = 1; at < bytes.size() && n <= most; ++n) {
      if ((bytes[at] & 0x80U >> (n - 1)) != 0) return n;
    }
    return 0;
  };
  Element element;
  const auto id_length = length_of(0, 4);
  const auto size_length = id_length == 0 ? 0 : length_of(id_length, 8);
  element.header = id_length + size_length;
  if (size_length == 0 || element.header > bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < id_length; ++i) element.id = element.id << 8 | bytes[i];
  std::uint64_t size = bytes[id_length] & (0xffU >> size_length);
  for (std::size_t i = 1; i < size_length; ++i) size = size << 8 | bytes[id_length + i];
  if (size != (std::uint64_t{1} << 7 * size_length) - 1) element.size = static_cast<std::int64_t>(size);
  return element;
}

std::optional<Element> element_at(const MediaFile& file, std::int64_t at) {
  std::array<std::uint8_t, 12> bytes{};
  const auto count = file.read(at, bytes.data(), bytes.size());
  return parse_element(Bytes(bytes).first(count));
}

// The four bytes of the id occur in pictures too: what follows must be a cluster's first child.
bool is_cluster_header(Bytes bytes) {
  const auto cluster = parse_element(bytes);
  if (!cluster || cluster->id != kCluster) return false;
  const auto child = parse_element(bytes.subspan(cluster->header));
  if (!child || !child->size) return false;
  switch (child->id) {
    case kTimestamp:
    case kPosition:
    case kPrevSize:
      return *child->size <= 8;
    case kCrc32:
      return *child->size == 4;
    case kVoid:
      return true;
    default:
      return false;
  }
}

struct Body {
  std::int64_t content = 0;          // where its children begin
  std::optional<std::int64_t> size;  // of them all
};

std::optional<Body> find_segment(const MediaFile& file) {
  const auto head = element_at(file, 0);
  if (!head || head->id != kEbml || !head->size) return std::nullopt;
  const auto at = static_cast<std::int64_t>(head->header) + *head->size;
  const auto segment = element_at(file, at);
  if (!segment || segment->id != kSegment) return std::nullopt;
  return Body{at + static_cast<std::int64_t>(segment->header), segment->size};
}

}  // namespace

bool is_matroska(const MediaFile& file) {
  const auto head = element_at(file, 0);
  return head && head->id == kEbml;
}

std::optional<std::int64_t> find_first_cluster(const MediaFile& file) {
  const auto segment = find_segment(file);
  if (!segment) return std::nullopt;
  auto at = segment->content;
  for (int children = 0; children < kChildrenLimit && at < file.size(); ++children) {
    const auto child = element_at(file, at);
    if (!child) break;
    if (child->id == kCluster) return at;
    if (!child->size || *child->size > file.size() - at) break;
    at += static_cast<std::int64_t>(child->header) + *child->size;
  }
  return std::nullopt;
}

bool is_finished_matroska(const MediaFile& file) {
  const auto segment = find_segment(file);
  return segment && segment->size && *segment->size <= file.size() - segment->content;
}

std::optional<std::int64_t> find_cluster(const MediaFile& file, ByteRange range) {
  static constexpr std::array<std::uint8_t, 4> kMark{0x1f, 0x43, 0xb6, 0x75};
  constexpr std::int64_t kChunk = 1 << 20;
  std::vector<std::uint8_t> buffer(static_cast<std::size_t>(kChunk) + kHeaderLimit);
  for (auto at = range.begin; at < range.end; at += kChunk) {
    const Bytes bytes = Bytes(buffer).first(file.read(at, buffer.data(), buffer.size()));
    for (auto from = bytes.begin();;) {
      from = std::search(from, bytes.end(), kMark.begin(), kMark.end());
      const auto offset = from - bytes.begin();
      if (from == bytes.end() || offset >= kChunk || at + offset >= range.end) break;
      if (is_cluster_header(bytes.subspan(static_cast<std::size_t>(offset)))) return at + offset;
      ++from;
    }
  }
  return std::nullopt;
}

}  // namespace amphi
