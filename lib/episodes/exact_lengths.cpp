#include "episodes/exact_lengths.hpp"

#include <algorithm>
#include <cmath>

namespace amphi {

namespace {

// Lists made from discs are right to a second or two; what is further off but not far leaves a doubt.
constexpr double kExact = 5, kNear = 15;  // seconds

struct Candidates {
  std::optional<Place> place;
  std::size_t near = 0;
};

Candidates candidates_of(double track, const std::vector<ListedLength>& list, double factor) {
  Candidates found;
  for (std::size_t runtime = 0; runtime < list.size(); ++runtime) {
    for (std::size_t count = 1; count <= std::min(kMostTogether, list.size() - runtime); ++count) {
      const auto span = length_of(list, {runtime, count}, factor);
      if (!span) continue;
      const auto off = std::abs(track - span->seconds);
      if (off <= (span->rounded ? span->slack : kNear)) ++found.near;
      if (off <= kExact && !span->rounded) found.place = Place{runtime, count};
    }
  }
  return found;
}

bool overlap(const Place& a, const Place& b) {
  return a.runtime < b.runtime + b.count && b.runtime < a.runtime + a.count;
}

}  // namespace

std::vector<std::optional<Place>> find_exact_lengths(const std::vector<double>& tracks,
                                                     const std::vector<ListedLength>& list, double factor) {
  std::vector<std::optional<Place>> places(tracks.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const auto found = candidates_of(tracks[i], list, factor);
    if (found.near == 1) places[i] = found.place;
  }
  auto alone = places;
  for (std::size_t i = 0; i < places.size(); ++i)
    for (std::size_t other = 0; other < places.size(); ++other)
      if (i != other && places[i] && places[other] && overlap(*places[i], *places[other])) alone[i].reset();
  return alone;
}

}  // namespace amphi
