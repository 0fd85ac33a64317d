// What tracks play, piece by piece, and in which order a disc counts them. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/track.hpp"

namespace amphi {

// A DVD's cells by title set and sectors, a Blu-ray's clips by number. Empty where they cannot be compared between
// tracks: a log of a DVD.
using Pieces = std::vector<std::string>;

Pieces pieces_of(DiscKind kind, const ScannedTrack& track);

// Where `part` begins in `whole` as an unbroken run, or nothing.
std::optional<std::size_t> find_run(const Pieces& whole, const Pieces& part);

// `part` as `whole` can play it: a logo that every part ends with, and the whole only once, is no part's own.
Pieces without_shared_end(Pieces part, const Pieces& whole);

// Clips of an episode's length, three and more of one length: broadcast slots are exact, a film's reels are not.
struct EpisodeClips {
  std::size_t count = 0;
  double seconds = 0;  // of the longest
};
std::optional<EpisodeClips> find_episode_clips(const ScannedTrack& track);

// Playlists and titles before bare clips, then by number.
bool comes_before(const ScannedTrack& a, const ScannedTrack& b);

// The number of `b` is the one after that of `a`, and both are playlists or both bare clips.
bool follows_on(const ScannedTrack& a, const ScannedTrack& b);

}  // namespace amphi
