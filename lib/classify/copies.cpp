#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr std::size_t kManyOfOneLength = 6;
constexpr std::size_t kManyPieces = 10;

bool same_streams(const ScannedTrack& a, const ScannedTrack& b) {
  return a.audio == b.audio && a.subtitles == b.subtitles && a.resolution == b.resolution;
}

bool same_content(const RuledTrack& a, const RuledTrack& b) {
  const auto &first = *a.scanned, &second = *b.scanned;
  const bool same_pieces = a.pieces.empty() && b.pieces.empty()
                               ? first.segment_map == second.segment_map && first.source_name == second.source_name
                               : a.pieces == b.pieces;
  return same_pieces && first.duration_seconds == second.duration_seconds && first.size_bytes == second.size_bytes &&
         first.chapter_count == second.chapter_count && same_streams(first, second);
}

// Share of `track`'s pieces that `model` plays too.
double shared_pieces(const RuledTrack& track, const RuledTrack& model) {
  const std::set<std::string> known(model.pieces.begin(), model.pieces.end());
  const auto shared = std::count_if(track.pieces.begin(), track.pieces.end(),
                                    [&](const std::string& piece) { return known.contains(piece); });
  return track.pieces.empty() ? 0 : static_cast<double>(shared) / static_cast<double>(track.pieces.size());
}

bool repeats_itself(const RuledTrack& track) {
  const std::set<std::string> distinct(track.pieces.begin(), track.pieces.end());
  return track.pieces.size() >= kManyPieces && distinct.size() * 2 < track.pieces.size();
}

std::vector<RuledTrack*> undecided_of_length(RuledTracks& tracks, double seconds) {
  std::vector<RuledTrack*> found;
  for (auto& track : tracks) {
    if (!track.decided && track.seconds() >= seconds * kTie) found.push_back(&track);
  }
  std::sort(found.begin(), found.end(),
            [](const auto* a, const auto* b) { return comes_before(*a->scanned, *b->scanned); });
  return found;
}

}  // namespace

void find_duplicates(RuledTracks& tracks) {
  std::vector<RuledTrack*> order;
  for (auto& track : tracks) order.push_back(&track);
  std::sort(order.begin(), order.end(),
            [](const auto* a, const auto* b) { return comes_before(*a->scanned, *b->scanned); });
  for (auto track = order.begin(); track != order.end(); ++track) {
    const auto original = std::find_if(order.begin(), track, [&](const auto* earlier) {
      return !earlier->decided && same_content(*earlier, **track);
    });
    if (original == track) continue;
    (*track)->decided = make_classification(
        TrackType::kDuplicate, 0.95,
        {fmt::format("plays what {} plays, with the same duration, size and streams", (*original)->reference())});
  }
}

void find_decoys(RuledTracks& tracks) {
  for (auto& track : tracks) {
    if (track.decided || track.seconds() < kFilmSeconds || !repeats_itself(track)) continue;
    track.decided = make_classification(TrackType::kDecoy, 0.8, {"plays the same pieces again and again"});
  }
  const auto* longest = longest_undecided(tracks);
  if (longest == nullptr || longest->seconds() < kFilmSeconds) return;
  const auto equals = undecided_of_length(tracks, longest->seconds());
  if (equals.size() < kManyOfOneLength) return;
  const auto noted = std::find_if(equals.begin(), equals.end(), [](const auto* track) {
    return track->scanned->ripper_note.find("FPL_MainFeature") != std::string::npos;
  });
  const auto* model = noted != equals.end() ? *noted : equals.front();
  for (auto* track : equals) {
    if (track == model || shared_pieces(*track, *model) < 0.5) continue;
    track->decided = make_classification(
        TrackType::kDecoy, 0.7,
        {fmt::format("one of {} tracks of one length over the pieces of {}", equals.size(), model->reference())});
  }
}

void find_parts(RuledTracks& tracks) {
  for (const auto& whole : tracks) {
    if (!whole.decided || whole.decided->type != TrackType::kMainFeature) continue;
    for (auto& track : tracks) {
      if (track.decided || track.pieces.size() >= whole.pieces.size() || !find_run(whole.pieces, track.pieces))
        continue;
      track.decided = make_classification(TrackType::kDuplicate, 0.7, {"is a part of " + whole.reference()});
    }
  }
}

}  // namespace amphi
