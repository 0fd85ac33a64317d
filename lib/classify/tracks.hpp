// The tracks of a disc as the rules see them: what each plays, in which order people count them, and what was decided.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/track.hpp"

namespace amphi {

// What a track plays, piece by piece: a DVD's cells by title set and sectors, a Blu-ray's clips by number.
using Pieces = std::vector<std::string>;

struct RuledTrack {
  const ScannedTrack* scanned = nullptr;
  Pieces pieces;  // empty where they cannot be compared between tracks: a log of a DVD
  std::optional<Classification> decided;

  double seconds() const { return scanned->duration_seconds; }
  const std::string& reference() const { return scanned->reference; }
};

using RuledTracks = std::vector<RuledTrack>;

inline constexpr double kFilmSeconds = 45 * 60;  // what is longer may be a film
inline constexpr double kTie = 0.99;             // as long as another: this share of its length

RuledTracks make_ruled_tracks(const ScannedDisc& disc);

// Playlists and titles before bare clips, then by number.
bool comes_before(const ScannedTrack& a, const ScannedTrack& b);

// Where `part` begins in `whole` as an unbroken run, or nothing.
std::optional<std::size_t> find_run(const Pieces& whole, const Pieces& part);

// `confidence` follows from `score`: high from 0.8, medium from 0.5.
Classification make_classification(TrackType type, double score, std::vector<std::string> reasons);

// The longest track that no rule has decided, or nullptr.
RuledTrack* longest_undecided(RuledTracks& tracks);

}  // namespace amphi
