#include "media/subpicture.hpp"

namespace amphi {
namespace {

constexpr std::uint8_t kStopDisplay = 2, kEndOfCommands = 0xff;
constexpr std::int64_t kDelayUnit = 1024;  // of 90 kHz

// Bytes after the command; nullopt: unknown, the sequence cannot be followed further.
std::optional<std::size_t> arguments_of(Bytes unit, std::size_t at) {
  switch (unit[at]) {
    case 0:
    case 1:
    case kStopDisplay:
      return 0;
    case 3:
    case 4:
      return 2;
    case 5:
      return 6;
    case 6:
      return 4;
    case 7:  // change of colours: says its own length
      if (at + 3 > unit.size()) return std::nullopt;
      return be16(unit, at + 1);
    default:
      return std::nullopt;
  }
}

bool stops(Bytes unit, std::size_t at) {
  while (at < unit.size() && unit[at] != kEndOfCommands) {
    if (unit[at] == kStopDisplay) return true;
    const auto arguments = arguments_of(unit, at);
    if (!arguments) return false;
    at += 1 + *arguments;
  }
  return false;
}

}  // namespace

std::optional<std::int64_t> subpicture_duration(Bytes unit) {
  if (unit.size() < 4) return std::nullopt;
  std::size_t at = be16(unit, 2);
  // Each sequence points to the next, the last to itself; one that points back is damaged.
  while (at + 4 <= unit.size()) {
    if (stops(unit, at + 4)) return be16(unit, at) * kDelayUnit;
    const std::size_t next = be16(unit, at + 2);
    if (next <= at) return std::nullopt;
    at = next;
  }
  return std::nullopt;
}

}  // namespace amphi
