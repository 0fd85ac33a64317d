#include "model/bluray_reference.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {
namespace {

constexpr std::string_view kPlaylist = "mpls:", kClip = "m2ts:", kAngle = ".angle";
constexpr std::size_t kDigits = 5;

// Digits alone, no sign.
std::optional<std::int64_t> number_of(std::string_view digits) {
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return parse_int(digits);
}

}  // namespace

std::string to_string(const BlurayReference& reference) {
  auto text = fmt::format("{}{:05}", reference.is_playlist ? kPlaylist : kClip, reference.number);
  if (reference.angle > 0) text += fmt::format("{}{}", kAngle, reference.angle + 1);
  return text;
}

std::optional<BlurayReference> parse_bluray_reference(std::string_view text) {
  BlurayReference reference;
  reference.is_playlist = text.starts_with(kPlaylist);
  if (!reference.is_playlist && !text.starts_with(kClip)) return std::nullopt;
  text.remove_prefix(kPlaylist.size());
  const auto number = number_of(text.substr(0, kDigits));
  if (text.size() < kDigits || !number) return std::nullopt;
  reference.number = static_cast<std::uint32_t>(*number);
  text.remove_prefix(kDigits);
  if (text.empty()) return reference;
  if (!reference.is_playlist || !text.starts_with(kAngle)) return std::nullopt;
  const auto angle = number_of(text.substr(kAngle.size()));
  if (!angle || *angle < 2 || *angle > 9) return std::nullopt;
  reference.angle = static_cast<unsigned>(*angle - 1);
  return reference;
}

}  // namespace amphi
