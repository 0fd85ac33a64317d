#include "reader/playlist_angles.hpp"

#include <algorithm>

#include "reader/bits.hpp"

namespace amphi {
namespace {

constexpr std::size_t kPlayListStart = 8;        // where its place in the file stands
constexpr std::size_t kFirstItem = 10;           // after its length, two reserved bytes, two counts
constexpr std::size_t kFlags = 9, kAngles = 32;  // in a play item, after its length
constexpr std::size_t kFirstOther = 34, kOtherLength = 10;
constexpr std::uint16_t kMultiAngle = 0x10;
constexpr std::size_t kClipDigits = 5;

std::optional<std::string> clip_at(std::span<const std::uint8_t> item, std::size_t at) {
  if (item.size() < at + kClipDigits) return std::nullopt;
  const auto digits = item.subspan(at, kClipDigits);
  if (!std::all_of(digits.begin(), digits.end(), [](std::uint8_t c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  return std::string(digits.begin(), digits.end());
}

std::optional<std::vector<std::string>> angles_of(std::span<const std::uint8_t> item) {
  const auto first = clip_at(item, 0);
  if (!first || item.size() <= kAngles) return std::nullopt;
  std::vector<std::string> angles{*first};
  if ((be16(item, kFlags) & kMultiAngle) == 0) return angles;
  for (std::size_t angle = 1; angle < item[kAngles]; ++angle) {
    const auto other = clip_at(item, kFirstOther + (angle - 1) * kOtherLength);
    if (!other) return std::nullopt;
    angles.push_back(*other);
  }
  return angles;
}

}  // namespace

std::optional<std::vector<std::vector<std::string>>> read_angles(std::span<const std::uint8_t> playlist) {
  if (playlist.size() < kPlayListStart + 4) return std::nullopt;
  const auto start = be32(playlist, kPlayListStart);
  if (start > playlist.size() || playlist.size() - start < kFirstItem) return std::nullopt;
  auto rest = playlist.subspan(start);
  const auto count = be16(rest, 6);
  rest = rest.subspan(kFirstItem);
  std::vector<std::vector<std::string>> items;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (rest.size() < 2 || rest.size() - 2 < be16(rest, 0)) return std::nullopt;
    const auto length = be16(rest, 0);
    auto angles = angles_of(rest.subspan(2, length));
    if (!angles) return std::nullopt;
    items.push_back(std::move(*angles));
    rest = rest.subspan(2 + static_cast<std::size_t>(length));
  }
  return items;
}

}  // namespace amphi
