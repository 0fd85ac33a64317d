#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kPartSeconds = 10 * 60;  // pieces below this are a film's chapters, not episodes
constexpr double kCovered = 0.95;
constexpr double kSlackSeconds = 2, kSlackOfSeconds = 0.03, kSlackOfBytes = 0.02;
constexpr double kOfExtras = 0.75;  // certain, but people name such a one after its parts as often
constexpr std::size_t kFewestBySums = 3;

// The tracks that `whole` plays one after the other: runs of its pieces that do not overlap.
Group parts_by_pieces(RuledTracks& tracks, const RuledTrack& whole) {
  Group parts;
  std::vector<bool> taken(whole.pieces.size(), false);
  for (auto& track : tracks) {
    if (&track == &whole || track.decided || track.seconds() >= whole.seconds() * kCovered) continue;
    const auto pieces = without_shared_end(track.pieces, whole.pieces);
    const auto at = find_run(whole.pieces, pieces);
    if (!at ||
        std::any_of(taken.begin() + static_cast<std::ptrdiff_t>(*at),
                    taken.begin() + static_cast<std::ptrdiff_t>(*at + pieces.size()), [](bool t) { return t; })) {
      continue;
    }
    std::fill_n(taken.begin() + static_cast<std::ptrdiff_t>(*at), pieces.size(), true);
    parts.push_back(&track);
  }
  return parts;
}

// How far the lengths of `run` are from that of `whole`, where both they and the sizes fit. A card between the parts
// takes seconds, and hardly a byte.
std::optional<double> find_gap(const Group& run, const RuledTrack& whole) {
  const auto bytes = std::accumulate(run.begin(), run.end(), 0.0,
                                     [](double sum, const RuledTrack* track) { return sum + track->bytes(); });
  const auto gap = std::abs(total_seconds(run) - whole.seconds());
  const bool fits = gap <= std::max(kSlackSeconds, whole.seconds() * kSlackOfSeconds) &&
                    std::abs(bytes - whole.bytes()) <= whole.bytes() * kSlackOfBytes;
  return fits ? std::optional(gap) : std::nullopt;
}

// The same by durations and sizes, for a DVD's copies with cells of their own: the neighbours, all before or all after
// it, that add up best to `whole`. A Blu-ray plays the same clips, and there sums are chance.
Group parts_by_sums(RuledTracks& tracks, const RuledTrack& whole) {
  Group best;
  if (whole.bytes() <= 0 || !whole.is_dvd_title()) return best;
  auto least = std::numeric_limits<double>::infinity();
  for (std::size_t begin = 0; begin < tracks.size(); ++begin) {
    Group run;
    for (auto at = begin; at < tracks.size() && total_seconds(run) < whole.seconds(); ++at) {
      if (&tracks[at] == &whole) break;
      if (tracks[at].decided) continue;
      run.push_back(&tracks[at]);
      const auto gap = run.size() >= kFewestBySums ? find_gap(run, whole) : std::nullopt;
      if (!gap || *gap >= least) continue;
      least = *gap;
      best = run;
    }
  }
  return best;
}

Group parts_of(RuledTracks& tracks, const RuledTrack& whole) {
  auto parts = parts_by_pieces(tracks, whole);
  if (parts.size() >= 2 && total_seconds(parts) >= whole.seconds() * kCovered) return parts;
  return parts_by_sums(tracks, whole);
}

// A film whose chapters are titles too is no play-all.
bool is_film_in_chapters(const RuledTrack& whole, const Group& parts, const RuledTrack* longest) {
  return &whole == longest && whole.seconds() >= kFilmSeconds && median_seconds(parts) < kPartSeconds;
}

}  // namespace

void find_play_all(RuledTracks& tracks) {
  const auto* longest = longest_undecided(tracks);
  std::vector<std::pair<RuledTrack*, Group>> found;
  for (auto& whole : tracks) {
    if (whole.decided) continue;
    auto parts = parts_of(tracks, whole);
    if (parts.size() >= 2 && !is_film_in_chapters(whole, parts, longest)) found.emplace_back(&whole, std::move(parts));
  }
  for (auto& [whole, parts] : found) {
    whole->decided = make_classification(TrackType::kPlayAll, kOfExtras,
                                         {fmt::format("plays {} one after the other", references(parts))});
    for (auto* part : parts) part->play_all = whole;
  }
}

}  // namespace amphi
