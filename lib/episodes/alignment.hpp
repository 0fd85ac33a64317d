// Lengths of tracks against a list of runtimes. Pure numbers: which track is which runtime, or several in a row.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace amphi {

struct ListedLength {
  double seconds = 0;
  bool rounded = false;     // to the minute
  bool joins_next = false;  // a track may hold this one and the next
};

// The runtimes that a track holds.
struct Place {
  std::size_t runtime = 0;  // index of the first
  std::size_t count = 1;
  bool operator==(const Place&) const = default;
};

struct Alignment {
  std::vector<std::optional<Place>> places;  // one per track; absent: fits nothing
  std::vector<bool> unsure;                  // one per track: other runtimes fit as well
  bool reordered = false;                    // the tracks lie in another order than the list
  bool faster = false;                       // the disc plays 25 frames a second of what was made for 24
};

inline constexpr std::size_t kMostTogether = 4;  // runtimes in one track
inline constexpr double kPal = 24.0 / 25;        // what was made for 24 frames a second is so much shorter on PAL discs

// Runtimes in a row, and how far a track may be from them: lists leave out logos and cards.
struct Span {
  double seconds = 0;
  double slack = 0;
  bool rounded = false;
};
// Nothing where a track cannot hold them together. `factor`: how much shorter the disc plays them.
std::optional<Span> length_of(const std::vector<ListedLength>& list, const Place& place, double factor);

// Both in order: tracks and runtimes may be left out, none changes places; the sum of the differences decides. Another
// order is taken only where every length is told apart. `tracks` times `list` is bounded by the caller.
Alignment align(const std::vector<double>& tracks, const std::vector<ListedLength>& list);

}  // namespace amphi
