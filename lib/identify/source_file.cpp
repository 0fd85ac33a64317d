#include "identify/source_file.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/bluray_reference.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kMostSegments = 10'000;
constexpr std::int64_t kMostTitlesOfDvd = 999;

std::optional<std::int64_t> whole_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos ? parse_int(text) : std::nullopt;
}

// "(2)" at its end, which is taken off: the angle, counted from 1.
std::int64_t take_angle(std::string_view& name) {
  const auto open = name.find('(');
  if (open == std::string_view::npos || !name.ends_with(')')) return 1;
  const auto angle = whole_digits(name.substr(open + 1, name.size() - open - 2));
  name = name.substr(0, open);
  return angle.value_or(0);
}

// "1-3" as 1, 2, 3; false for what is none, or has no end.
bool add_segments(std::string_view part, std::vector<std::int64_t>& segments) {
  const auto dash = part.find('-');
  const auto first = whole_digits(part.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : whole_digits(part.substr(dash + 1));
  if (!first || !last || *last < *first || *last - *first >= kMostSegments) return false;
  for (auto number = *first; number <= *last; ++number) segments.push_back(number);
  return static_cast<std::int64_t>(segments.size()) <= kMostSegments;
}

// nullopt for what is no list of numbers.
std::optional<std::vector<std::int64_t>> segments_of(std::string_view map) {
  std::vector<std::int64_t> segments;
  std::string plain(map);
  std::erase_if(plain, [](char c) { return c == '(' || c == ')' || c == ' '; });
  for (const auto& part : split(plain, ','))
    if (!add_segments(part, segments)) return std::nullopt;
  return segments;
}

}  // namespace

std::string reference_of_source_file(std::string_view source_file) {
  const auto lower = to_lower_ascii(trim(source_file));
  auto name = std::string_view(lower).substr(lower.find_last_of("/\\") + 1);
  const auto angle = take_angle(name);
  if (const auto title = whole_digits(name); title && *title >= 1 && *title <= kMostTitlesOfDvd)
    return angle == 1 ? fmt::format("dvd:{}", *title) : fmt::format("dvd:{}.angle{}", *title, angle);
  const auto dot = std::min(name.find('.'), name.size());
  auto reference = fmt::format("{}:{}", name.substr(std::min(dot + 1, name.size())), name.substr(0, dot));
  if (angle != 1) reference += fmt::format(".angle{}", angle);
  return parse_bluray_reference(reference) ? reference : "";
}

bool same_segment_map(std::string_view one, std::string_view other) {
  if (one.empty() || other.empty()) return false;
  if (one == other) return true;
  const auto first = segments_of(one), second = segments_of(other);
  return first && second && *first == *second;
}

}  // namespace amphi
