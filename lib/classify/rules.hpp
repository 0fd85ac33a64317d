// The rules, in the order in which classify() applies them. Each decides only tracks that no rule before it has
// decided. What they rest on was learned from scans of real discs: durations alone tell extras apart only half the
// time, so those rules say "low"; the longest track, ties within 1 % to the lowest playlist, is the main feature of
// nearly every film.
#pragma once

#include "classify/tracks.hpp"

namespace amphi {

// Every track of an audio CD.
void take_for_audio(RuledTracks& tracks);

// The same pieces, duration, size, chapters and streams as a track before it.
void find_duplicates(RuledTracks& tracks);

// Long tracks laid against copying: half a dozen and more of one length over the same clips, or the same clips again
// and again.
void find_decoys(RuledTracks& tracks);

// A track that is the others one after the other, told by pieces, else by durations and sizes.
void find_play_all(RuledTracks& tracks);

// Three or more of about one length, with nothing that towers over them; two where a play-all has them both.
void find_episodes(RuledTracks& tracks);

// The longest of what is left; ties within 1 % go to the lowest reference, and all that tie say so.
void find_main_feature(RuledTracks& tracks);

// What the main feature plays too, cut out of it.
void find_parts(RuledTracks& tracks);

// By duration alone: deleted scenes, trailers, featurettes, other.
void guess_extras(RuledTracks& tracks);

}  // namespace amphi
