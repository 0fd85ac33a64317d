#include "episodes/placing.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "model/pieces.hpp"

namespace amphi {

namespace {

constexpr std::size_t kMostTracks = 1'000;
constexpr double kSeveral = 1.7;  // so much longer than the others may be two episodes
constexpr std::size_t kFewToCompare = 3;

std::string numbers_of(const std::vector<const Track*>& tracks) {
  std::vector<std::string> numbers;
  for (const auto* track : tracks) numbers.push_back(std::to_string(track->scanned.number));
  return fmt::format("track{} {}", numbers.size() == 1 ? "" : "s", join(numbers, ", "));
}

double median_length(const std::vector<const Track*>& tracks) {
  std::vector<double> lengths;
  for (const auto* track : tracks) lengths.push_back(track->scanned.duration_seconds);
  std::sort(lengths.begin(), lengths.end());
  return lengths[(lengths.size() - 1) / 2];
}

// Playlists that play several episodes one after the other.
void note_volumes(const std::vector<const Track*>& tracks, std::vector<std::string>& notes) {
  for (const auto* track : tracks) {
    if (const auto clips = find_episode_clips(track->scanned); clips && track->scanned.reference.starts_with("mpls:"))
      notes.push_back(fmt::format("track {} plays {} clips of about {}: where these are episodes, --runtimes tells",
                                  track->scanned.number, clips->count, human_duration(clips->seconds)));
  }
}

void note_long_ones(const std::vector<const Track*>& tracks, std::vector<std::string>& notes) {
  if (tracks.size() < kFewToCompare) return;
  const auto usual = median_length(tracks);
  for (const auto* track : tracks) {
    const auto seconds = track->scanned.duration_seconds;
    if (seconds <= usual * kSeveral) continue;
    notes.push_back(
        fmt::format("track {} is {} long, the others about {}: where it holds two episodes, --runtimes tells",
                    track->scanned.number, human_duration(seconds), human_duration(usual)));
  }
}

std::vector<ListedLength> lengths_of(const std::vector<Runtime>& list) {
  std::vector<ListedLength> lengths;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const bool joins = i + 1 < list.size() && (!list[i].episode || *list[i].episode + 1 == list[i + 1].episode);
    lengths.push_back({list[i].seconds, list[i].rounded, joins});
  }
  return lengths;
}

std::string difference(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::llround(std::abs(seconds)));
  if (whole == 0) return "as long";
  return fmt::format("{} s {}", whole, seconds > 0 ? "longer" : "shorter");
}

// "line 3, 44:12: 4 s longer"
std::string reason_of(const Track& track, const Place& place, const std::vector<Runtime>& list, double factor) {
  double seconds = 0;
  for (auto at = place.runtime; at < place.runtime + place.count; ++at) seconds += list[at].seconds;
  const auto& first = list[place.runtime];
  const auto& last = list[place.runtime + place.count - 1];
  const auto lines =
      place.count == 1 ? fmt::format("line {}", first.line) : fmt::format("lines {} to {}", first.line, last.line);
  return fmt::format("{}, {}: {}", lines, human_duration(seconds),
                     difference(track.scanned.duration_seconds - seconds * factor));
}

std::vector<std::string> notes_of(const Alignment& found, const std::vector<const Track*>& tracks) {
  std::vector<std::string> notes;
  if (found.faster) notes.emplace_back("the disc plays 4 % faster than the list says, as PAL discs do");
  std::vector<const Track*> unsure;
  for (std::size_t i = 0; i < tracks.size(); ++i)
    if (found.unsure[i]) unsure.push_back(tracks[i]);
  if (!unsure.empty())
    notes.push_back(fmt::format("{}: the lengths are too alike to tell from other runtimes; the order decided",
                                numbers_of(unsure)));
  return notes;
}

}  // namespace

Placing place_in_order(const std::vector<const Track*>& tracks, const std::string& order) {
  Placing placing;
  for (std::size_t i = 0; i < tracks.size(); ++i)
    placing.tracks.push_back({tracks[i], Place{i, 1}, fmt::format("{} of {} {}", i + 1, tracks.size(), order)});
  note_long_ones(tracks, placing.notes);
  note_volumes(tracks, placing.notes);
  return placing;
}

Placing place_by_runtimes(const std::vector<const Track*>& tracks, const std::vector<Runtime>& list) {
  if (tracks.size() > kMostTracks)
    throw Error(ErrorKind::kUsage, fmt::format("{} tracks are too many to match", tracks.size()),
                "choose the episodes with --tracks");
  std::vector<double> seconds;
  for (const auto* track : tracks) seconds.push_back(track->scanned.duration_seconds);
  const auto found = align(seconds, lengths_of(list));
  Placing placing;
  placing.reordered = found.reordered;
  placing.notes = notes_of(found, tracks);
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const auto& place = found.places[i];
    placing.tracks.push_back({tracks[i], place,
                              place ? reason_of(*tracks[i], *place, list, found.faster ? kPal : 1)
                                    : std::string("fits no runtime: left as it is")});
  }
  return placing;
}

}  // namespace amphi
