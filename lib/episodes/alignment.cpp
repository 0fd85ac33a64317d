#include "episodes/alignment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "episodes/exact_lengths.hpp"

namespace amphi {

namespace {

constexpr double kLeastSlack = 30, kSlackOfLength = 0.03;  // seconds, and of the length
constexpr double kSlackOfRounding = 30;                    // seconds, of each runtime that is told in minutes

// Costs, where 1 is a track that is only just as long as its runtime.
constexpr double kSkippedTrack = 1.5;
constexpr double kSkippedRuntime = 0.3;  // before the last one that is used; those behind it are other discs'
constexpr double kTogether = 0.1;        // each further runtime in one track
constexpr double kUnsure = 0.25;         // so much better another place must not be to leave no doubt
constexpr double kClearlyBetter = 0.5;
constexpr double kNever = std::numeric_limits<double>::infinity();

// What a skipped runtime costs: `plain` as above, `evidence` nothing, so that only lengths speak.
enum class Skips { kPlain, kEvidence };

class Grid {
 public:
  Grid(const std::vector<double>& tracks, const std::vector<ListedLength>& list, double factor, Skips skips)
      : tracks_(tracks), list_(list), factor_(factor), skip_(skips == Skips::kPlain ? kSkippedRuntime : 0) {
    const auto cells = (tracks.size() + 1) * (list.size() + 1);
    after_.assign(cells, kNever);
    before_.assign(cells, kNever);
    fill_after();
    fill_before();
  }

  double best() const { return after(0, 0); }

  // Of the best alignment that has this track there; kNever where it does not fit.
  double with(std::size_t track, const Place& place) const {
    return before(track, place.runtime) + match(track, place) + after(track + 1, place.runtime + place.count);
  }

  std::vector<std::optional<Place>> places() const {
    std::vector<std::optional<Place>> found(tracks_.size());
    for (std::size_t i = 0, j = 0; i < tracks_.size();) {
      if (const auto place = best_place(i, j)) {
        found[i++] = place;
        j = place->runtime + place->count;
      } else if (j < list_.size() && after(i, j) == skip_ + after(i, j + 1)) {
        ++j;
      } else {
        ++i;
      }
    }
    return found;
  }

  double match(std::size_t track, const Place& place) const {
    const auto length = length_of(list_, place, factor_);
    if (!length) return kNever;
    const auto off = std::abs(tracks_[track] - length->seconds) / length->slack;
    return off <= 1 ? off + kTogether * static_cast<double>(place.count - 1) : kNever;
  }

 private:
  double after(std::size_t i, std::size_t j) const { return after_[i * (list_.size() + 1) + j]; }
  double before(std::size_t i, std::size_t j) const { return before_[i * (list_.size() + 1) + j]; }
  double& after(std::size_t i, std::size_t j) { return after_[i * (list_.size() + 1) + j]; }
  double& before(std::size_t i, std::size_t j) { return before_[i * (list_.size() + 1) + j]; }

  std::size_t most_from(std::size_t runtime) const { return std::min(kMostTogether, list_.size() - runtime); }

  std::optional<Place> best_place(std::size_t i, std::size_t j) const {
    for (std::size_t count = 1; count <= most_from(j); ++count) {
      const auto cost = match(i, {j, count});
      if (cost < kNever && after(i, j) == cost + after(i + 1, j + count)) return Place{j, count};
    }
    return std::nullopt;
  }

  // What the tracks from i and the runtimes from j cost together; the runtimes behind the last that is used are free.
  void fill_after() {
    for (auto i = tracks_.size() + 1; i-- > 0;) {
      for (auto j = list_.size() + 1; j-- > 0;) {
        auto& cost = after(i, j);
        if (i == tracks_.size()) {
          cost = 0;
          continue;
        }
        cost = kSkippedTrack + after(i + 1, j);
        if (j == list_.size()) continue;
        cost = std::min(cost, skip_ + after(i, j + 1));
        for (std::size_t count = 1; count <= most_from(j); ++count)
          cost = std::min(cost, match(i, {j, count}) + after(i + 1, j + count));
      }
    }
  }

  // What the tracks before i and the runtimes before j cost.
  void fill_before() {
    before(0, 0) = 0;
    for (std::size_t i = 0; i <= tracks_.size(); ++i) {
      for (std::size_t j = 0; j <= list_.size(); ++j) {
        const auto here = before(i, j);
        if (j < list_.size()) before(i, j + 1) = std::min(before(i, j + 1), here + skip_);
        if (i == tracks_.size()) continue;
        before(i + 1, j) = std::min(before(i + 1, j), here + kSkippedTrack);
        for (std::size_t count = 1; count <= most_from(j); ++count) {
          auto& cost = before(i + 1, j + count);
          cost = std::min(cost, here + match(i, {j, count}));
        }
      }
    }
  }

  const std::vector<double>& tracks_;
  const std::vector<ListedLength>& list_;
  double factor_, skip_;
  std::vector<double> after_, before_;
};

// Whether the lengths alone would let the track be something else about as well.
bool fits_elsewhere(const Grid& evidence, std::size_t track, const Place& chosen, std::size_t listed) {
  const auto best = evidence.with(track, chosen);
  for (std::size_t runtime = 0; runtime < listed; ++runtime) {
    for (std::size_t count = 1; count <= std::min(kMostTogether, listed - runtime); ++count) {
      const Place other{runtime, count};
      if (other != chosen && evidence.with(track, other) < best + kUnsure) return true;
    }
  }
  return false;
}

std::size_t count_places(const std::vector<std::optional<Place>>& places) {
  return static_cast<std::size_t>(std::count_if(places.begin(), places.end(), [](const auto& p) { return p; }));
}

Alignment align_in_order(const std::vector<double>& tracks, const std::vector<ListedLength>& list, double factor) {
  Alignment alignment;
  alignment.places = Grid(tracks, list, factor, Skips::kPlain).places();
  alignment.unsure.assign(tracks.size(), false);
  alignment.faster = factor < 1;
  const Grid evidence(tracks, list, factor, Skips::kEvidence);
  for (std::size_t i = 0; i < tracks.size(); ++i)
    if (const auto& place = alignment.places[i]) alignment.unsure[i] = fits_elsewhere(evidence, i, *place, list.size());
  return alignment;
}

// How much shorter the disc plays what the list tells, by the lengths alone.
double find_factor(const std::vector<double>& tracks, const std::vector<ListedLength>& list) {
  if (count_places(find_exact_lengths(tracks, list, 1)) == tracks.size()) return 1;
  const auto plain = Grid(tracks, list, 1, Skips::kEvidence).best();
  return Grid(tracks, list, kPal, Skips::kEvidence).best() + kClearlyBetter < plain ? kPal : 1;
}

bool is_in_order(const std::vector<std::optional<Place>>& places) {
  std::size_t next = 0;
  for (const auto& place : places) {
    if (!place) continue;
    if (place->runtime < next) return false;
    next = place->runtime + place->count;
  }
  return true;
}

}  // namespace

std::optional<Span> length_of(const std::vector<ListedLength>& list, const Place& place, double factor) {
  Span span;
  for (auto at = place.runtime; at < place.runtime + place.count; ++at) {
    if (at + 1 < place.runtime + place.count && !list[at].joins_next) return std::nullopt;
    span.seconds += list[at].seconds * factor;
    if (list[at].rounded) span.slack += kSlackOfRounding, span.rounded = true;
  }
  span.slack += std::max(kLeastSlack, span.seconds * kSlackOfLength);
  return span;
}

Alignment align(const std::vector<double>& tracks, const std::vector<ListedLength>& list) {
  const auto factor = find_factor(tracks, list);
  auto alignment = align_in_order(tracks, list, factor);
  auto exact = find_exact_lengths(tracks, list, factor);
  if (is_in_order(exact)) return alignment;
  if (count_places(exact) < count_places(alignment.places)) {  // too few to go by, enough for a doubt
    for (std::size_t i = 0; i < exact.size(); ++i)
      if (exact[i] && alignment.places[i] && exact[i] != alignment.places[i]) alignment.unsure[i] = true;
    return alignment;
  }
  alignment.places = std::move(exact);
  alignment.unsure.assign(tracks.size(), false);
  alignment.reordered = true;
  return alignment;
}

}  // namespace amphi
