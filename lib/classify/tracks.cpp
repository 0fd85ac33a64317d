#include "classify/tracks.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {

namespace {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

RuledTracks make_ruled_tracks(const ScannedDisc& disc) {
  RuledTracks tracks;
  for (const auto& track : disc.tracks) {
    tracks.push_back({&track, pieces_of(disc.kind, track), std::nullopt, nullptr});
  }
  return tracks;
}

std::string_view playlist_of(const RuledTrack& track) {
  const std::string_view reference = track.reference();
  return reference.substr(0, reference.find(".angle"));
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
