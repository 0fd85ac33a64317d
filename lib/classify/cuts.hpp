// What the long tracks beside a film are to it: the same in other languages or with other chapters, another cut, a
// playlist that plays its clips as nobody is meant to see them, or one of equal length that nothing tells apart.
#pragma once

#include <string>
#include <vector>

#include "classify/tracks.hpp"

namespace amphi {

enum class Kinship {
  kSameContent,  // the same pieces with other streams or chapters
  kCopy,         // the same pieces, undivided
  kAngle,        // another angle of its playlist
  kLanguage,     // as long, some pieces exchanged, other languages
  kCut,          // shares pieces, of another length or divided otherwise
  kSameMake,     // no piece in common, but divided and encoded alike: another cut, or another film
  kTie,          // as long, and nothing tells which of them is the film
  kBranch,       // the film's pieces, undivided
  kCrowd,        // one of more cuts than a disc has: laid against copying
};

struct Relative {
  RuledTrack* track = nullptr;
  Kinship kinship = Kinship::kTie;
  double shared = 0;  // of the pieces of the one that shares less
};

inline constexpr double kShares = 0.3;      // of each one's pieces: a cut of a film keeps more of it
inline constexpr double kSharesMuch = 0.5;  // of a film's pieces

// Hardly a chapter where `other` has many, and made of the same pieces, or as well.
bool is_undivided_beside(const RuledTrack& track, const RuledTrack& other);

// How many tracks over the film's pieces were taken for decoys.
std::ptrdiff_t count_decoys(const RuledTracks& tracks, const RuledTrack& film);

// Those of the undecided tracks that are related to `film`, by reference.
std::vector<Relative> find_relatives(RuledTracks& tracks, const RuledTrack& film);

}  // namespace amphi
