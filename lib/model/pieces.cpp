#include "model/pieces.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {

namespace {

constexpr std::int64_t kLongestRun = 1000;                         // of a hostile segment map
constexpr double kShortestClip = 10 * 60, kLongestClip = 75 * 60;  // of what is an episode
constexpr double kOneLength = 1.03;
constexpr std::size_t kFewestClips = 3;

Pieces cells(const ScannedTrack& track) {
  Pieces pieces;
  for (const auto& segment : track.segments) {
    pieces.push_back(fmt::format("{}:{}-{}", track.source_name, segment.first, segment.last));
  }
  return pieces;
}

// "14,15,27-29" as single numbers; nothing where it is not of this form. "(506,502)" is an order that makemkvcon worked
// out itself; of "242/273", the two views of a 3D film, the first tells them apart.
Pieces clips(std::string segment_map) {
  Pieces pieces;
  segment_map.erase(std::remove_if(segment_map.begin(), segment_map.end(), [](char c) { return c == '(' || c == ')'; }),
                    segment_map.end());
  if (segment_map.empty()) return pieces;
  for (const auto& part : split(segment_map, ',')) {
    const auto ends = split(part.substr(0, part.find('/')), '-');
    const auto first = parse_int(ends.front()), last = parse_int(ends.back());
    if (!first || !last || ends.size() > 2 || *first < 0 || *last < *first || *last - *first >= kLongestRun) return {};
    for (auto number = *first; number <= *last; ++number) pieces.push_back(std::to_string(number));
  }
  return pieces;
}

struct Order {
  int kind = 0;
  std::int64_t number = 0;
  std::string_view reference;
  auto key() const { return std::tie(kind, number, reference); }
};

Order order_of(const ScannedTrack& track) {
  const std::string_view reference = track.reference;
  const auto colon = reference.find(':');
  const auto digits = colon == std::string_view::npos ? reference : reference.substr(colon + 1);
  const auto end = std::min(digits.find_first_not_of("0123456789"), digits.size());
  return {reference.starts_with("m2ts:") ? 1 : 0, parse_int(digits.substr(0, end)).value_or(track.number), reference};
}

}  // namespace

Pieces pieces_of(DiscKind kind, const ScannedTrack& track) {
  return kind == DiscKind::kDvd ? cells(track) : clips(track.segment_map);
}

std::optional<std::size_t> find_run(const Pieces& whole, const Pieces& part) {
  if (part.empty()) return std::nullopt;
  const auto at = std::search(whole.begin(), whole.end(), part.begin(), part.end());
  if (at == whole.end()) return std::nullopt;
  return static_cast<std::size_t>(at - whole.begin());
}

Pieces without_shared_end(Pieces part, const Pieces& whole) {
  if (part.size() > 1 && !whole.empty() && part.back() == whole.back()) part.pop_back();
  return part;
}

std::optional<EpisodeClips> find_episode_clips(const ScannedTrack& track) {
  std::vector<double> lengths;
  for (const auto& segment : track.segments)
    if (segment.duration_seconds >= kShortestClip) lengths.push_back(segment.duration_seconds);
  if (lengths.size() < kFewestClips) return std::nullopt;
  const auto [shortest, longest] = std::minmax_element(lengths.begin(), lengths.end());
  if (*longest > *shortest * kOneLength || *longest > kLongestClip) return std::nullopt;
  return EpisodeClips{lengths.size(), *longest};
}

bool comes_before(const ScannedTrack& a, const ScannedTrack& b) {
  const auto first = order_of(a), second = order_of(b);
  return first.key() < second.key();
}

bool follows_on(const ScannedTrack& a, const ScannedTrack& b) {
  const auto first = order_of(a), second = order_of(b);
  return first.kind == second.kind && first.number + 1 == second.number;
}

}  // namespace amphi
