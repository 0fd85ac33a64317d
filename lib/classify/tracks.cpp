#include "classify/tracks.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {

namespace {

constexpr std::int64_t kLongestRun = 1000;  // of a hostile segment map

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

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

RuledTracks make_ruled_tracks(const ScannedDisc& disc) {
  RuledTracks tracks;
  for (const auto& track : disc.tracks) {
    Pieces pieces;
    if (disc.kind != DiscKind::kDvd) {
      pieces = clips(track.segment_map);
    } else if (!track.segments.empty()) {
      pieces = cells(track);
    }
    tracks.push_back({&track, std::move(pieces), std::nullopt, nullptr});
  }
  return tracks;
}

bool comes_before(const ScannedTrack& a, const ScannedTrack& b) {
  const auto first = order_of(a), second = order_of(b);
  return first.key() < second.key();
}

std::string_view playlist_of(const RuledTrack& track) {
  const std::string_view reference = track.reference();
  return reference.substr(0, reference.find(".angle"));
}

bool follows_on(const ScannedTrack& a, const ScannedTrack& b) {
  const auto first = order_of(a), second = order_of(b);
  return first.kind == second.kind && first.number + 1 == second.number;
}

Group undecided_tracks(RuledTracks& tracks) {
  Group group;
  for (auto& track : tracks) {
    if (!track.decided) group.push_back(&track);
  }
  std::sort(group.begin(), group.end(),
            [](const auto* a, const auto* b) { return comes_before(*a->scanned, *b->scanned); });
  return group;
}

std::optional<std::size_t> find_run(const Pieces& whole, const Pieces& part) {
  if (part.empty()) return std::nullopt;
  const auto at = std::search(whole.begin(), whole.end(), part.begin(), part.end());
  if (at == whole.end()) return std::nullopt;
  return static_cast<std::size_t>(at - whole.begin());
}

double shared_pieces(const RuledTrack& track, const RuledTrack& other) {
  if (track.pieces.empty()) return 0;
  const std::set<std::string> known(other.pieces.begin(), other.pieces.end());
  const auto shared = std::count_if(track.pieces.begin(), track.pieces.end(),
                                    [&](const std::string& piece) { return known.contains(piece); });
  return static_cast<double>(shared) / static_cast<double>(track.pieces.size());
}

bool rates_agree(double a, double b, double factor) {
  return a <= 0 || b <= 0 || (a <= b * factor && b <= a * factor);
}

bool is_thin_beside(const RuledTrack& track, const RuledTrack& other) {
  return track.bytes() > 0 && other.bytes() > track.bytes() * kRicher;
}

double total_seconds(const Group& group) {
  return std::accumulate(group.begin(), group.end(), 0.0,
                         [](double sum, const RuledTrack* track) { return sum + track->seconds(); });
}

double median_seconds(const Group& group) {
  std::vector<double> lengths;
  for (const auto* track : group) lengths.push_back(track->seconds());
  return median(std::move(lengths));
}

double median_rate(const Group& group) {
  std::vector<double> rates;
  for (const auto* track : group) {
    if (track->rate() > 0) rates.push_back(track->rate());
  }
  return median(std::move(rates));
}

std::string references(const Group& group) {
  std::vector<std::string> names;
  for (const auto* track : group) names.push_back(track->reference());
  if (names.size() > 4) names = {names[0], names[1], "...", names.back()};
  return join(names, ", ");
}

Classification make_classification(TrackType type, double score, std::vector<std::string> reasons) {
  const char* confidence = score >= 0.8 ? "high" : score >= 0.5 ? "medium" : "low";
  return {type, score, confidence, std::move(reasons)};
}

RuledTrack* longest_undecided(RuledTracks& tracks) {
  RuledTrack* longest = nullptr;
  for (auto& track : tracks) {
    if (!track.decided && (longest == nullptr || track.seconds() > longest->seconds())) longest = &track;
  }
  return longest;
}

bool has_type(const RuledTrack& track, TrackType type) {
  return track.decided && track.decided->type == type;
}

bool has_any(const RuledTracks& tracks, TrackType type) {
  return std::any_of(tracks.begin(), tracks.end(), [&](const RuledTrack& track) { return has_type(track, type); });
}

}  // namespace amphi
