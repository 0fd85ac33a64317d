#include <algorithm>

#include <fmt/format.h>

#include "classify/rules.hpp"

namespace amphi {

namespace {

bool knows_streams(const ScannedTrack& track) {
  return !track.audio.empty() || !track.subtitles.empty();
}

bool same_streams(const ScannedTrack& a, const ScannedTrack& b) {
  return a.audio == b.audio && a.subtitles == b.subtitles && a.resolution == b.resolution;
}

// Two angles of a playlist may be told by the same clips.
bool are_angles(const RuledTrack& a, const RuledTrack& b) {
  return a.reference() != b.reference() && playlist_of(a) == playlist_of(b);
}

bool same_content(const RuledTrack& a, const RuledTrack& b) {
  if (are_angles(a, b)) return false;
  const auto &first = *a.scanned, &second = *b.scanned;
  const bool same_pieces = a.pieces.empty() && b.pieces.empty()
                               ? first.segment_map == second.segment_map && first.source_name == second.source_name
                               : a.pieces == b.pieces;
  return same_pieces && first.duration_seconds == second.duration_seconds && first.size_bytes == second.size_bytes &&
         first.chapter_count == second.chapter_count && same_streams(first, second);
}

}  // namespace

void find_duplicates(RuledTracks& tracks) {
  const auto order = undecided_tracks(tracks);
  for (auto track = order.begin(); track != order.end(); ++track) {
    const auto original = std::find_if(order.begin(), track, [&](const auto* earlier) {
      return !earlier->decided && same_content(*earlier, **track);
    });
    if (original == track) continue;
    const bool known = knows_streams(*(*track)->scanned);
    (*track)->decided = make_classification(
        TrackType::kDuplicate, known ? 0.95 : 0.7,
        {fmt::format("plays what {} plays, with the same duration and size{}", (*original)->reference(),
                     known ? " and the same streams" : "; its streams are not known")});
  }
}

void find_parts(RuledTracks& tracks) {
  for (const auto& whole : tracks) {
    if (!has_type(whole, TrackType::kMainFeature)) continue;
    for (auto& track : tracks) {
      if (track.decided || track.pieces.size() >= whole.pieces.size() || !find_run(whole.pieces, track.pieces))
        continue;
      track.decided = make_classification(TrackType::kDuplicate, 0.7, {"is a part of " + whole.reference()});
    }
  }
}

}  // namespace amphi
