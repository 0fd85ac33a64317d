// The rules, in the order in which classify() applies them. Each decides only tracks that no rule before it has
// decided, is a function of values alone, and has its tests in tests/unit/classify. What they rest on is said where
// their numbers are; how well they do on real discs is measured by tests/classification.
#pragma once

#include "classify/tracks.hpp"

namespace amphi {

// Every track of an audio CD.
void take_for_audio(RuledTracks& tracks);

// The same pieces, duration, size, chapters and streams as a track before it.
void find_duplicates(RuledTracks& tracks);

// Long tracks laid against copying: the same clips again and again, the same clips in one order after another, half a
// dozen and more of one length over the same clips.
void find_decoys(RuledTracks& tracks);

// A track that is others one after the other, told by pieces, else by durations and sizes; its parts remember it.
void find_play_all(RuledTracks& tracks);

// What the disc's author calls a playlist, where the ripper could read it.
void find_named(RuledTracks& tracks);

// Three or more of about one length and bit rate, with no film beside them; two where a play-all, the disc's label or
// everything but their length says so; one playlist of clips of an episode's length. `labelled`: the disc's label names
// a season.
void find_episodes(RuledTracks& tracks, bool labelled);

// The longest of what is left, unless it is hardly divided or far thinner beside another; its cuts and languages; all
// that tie within 1 % say so. None beside episodes, on a labelled season, and where nothing stands out.
void find_main_feature(RuledTracks& tracks, bool labelled);

// What the main feature plays too, cut out of it.
void find_parts(RuledTracks& tracks);

// The lengths by which extras are told apart. The numbers are fitted to real discs by tests/classification, and judged
// there on discs that they were not fitted to.
struct ExtraLimits {
  double shortest = 45;           // seconds: below this a lone track is a logo or a menu
  double longest_trailer = 165;   // seconds: cinemas ask for 2:30, with logos before and after
  std::size_t fewest_scenes = 5;  // deleted scenes come in groups
  double longest_scene = 180;     // seconds: median of a group of deleted scenes
};

inline constexpr double kPlainFeaturette = 4 * 60;  // from here to a documentary hardly anything else is so long

// Menus, warnings and stills: silent, or a chapter every few seconds, or the bit rate of a still picture.
void find_cards(RuledTracks& tracks, DiscKind kind);

// Many short parts of one play-all, of all lengths, are deleted scenes; a few of one length are trailers.
void find_scenes(RuledTracks& tracks, const ExtraLimits& limits);

// Short ones side by side: between featurettes of their bit rate, and many together.
void find_company(RuledTracks& tracks, const ExtraLimits& limits);

// One track of many short chapters: deleted scenes; of two or three: trailers.
void find_compilations(RuledTracks& tracks, const ExtraLimits& limits);

// What stands alone, by its length.
void guess_extras(RuledTracks& tracks, const ExtraLimits& limits);

// classify() with other limits; the public one uses the defaults.
std::vector<Classification> classify_with(const ScannedDisc& disc, const ExtraLimits& limits);

}  // namespace amphi
