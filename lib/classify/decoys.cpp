#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "classify/author_names.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr std::size_t kManyOfOneLength = 6;
constexpr std::size_t kManyOrders = 3;
constexpr std::size_t kManyPieces = 10;

bool repeats_itself(const RuledTrack& track) {
  const std::set<std::string> distinct(track.pieces.begin(), track.pieces.end());
  return track.pieces.size() >= kManyPieces && distinct.size() * 2 < track.pieces.size();
}

Group undecided_of_length(RuledTracks& tracks, double seconds) {
  auto group = undecided_tracks(tracks);
  std::erase_if(group, [&](const auto* track) { return track->seconds() < seconds; });
  return group;
}

// The one that the disc's own program names, else the lowest.
const RuledTrack* model_of(const Group& group) {
  const auto named = std::find_if(group.begin(), group.end(), [](const auto* track) { return is_named_main(*track); });
  return named != group.end() ? *named : group.front();
}

// Its pieces in its order with other streams are another language, and no decoy.
bool is_other_version(const ScannedTrack& track, const ScannedTrack& model) {
  return track.audio != model.audio || track.subtitles != model.subtitles;
}

void take_for_decoys(const Group& group, double score, const std::string& what) {
  const auto* model = model_of(group);
  for (auto* track : group) {
    if (track == model) continue;
    if (track->pieces == model->pieces && is_other_version(*track->scanned, *model->scanned)) continue;
    track->decided = make_classification(
        TrackType::kDecoy, score, {fmt::format("one of {} tracks {} {}", group.size(), what, model->reference())});
  }
}

void find_loops(RuledTracks& tracks) {
  for (auto* track : undecided_of_length(tracks, kFilmSeconds)) {
    if (is_named_main(*track) || !repeats_itself(*track)) continue;
    track->decided = make_classification(TrackType::kDecoy, 0.8, {"plays the same pieces again and again"});
  }
}

Pieces sorted(Pieces pieces) {
  std::sort(pieces.begin(), pieces.end());
  return pieces;
}

// The same pieces in one order after another: at most one of them is the film.
void find_shuffles(RuledTracks& tracks) {
  std::map<Pieces, Group> groups;
  for (auto* track : undecided_of_length(tracks, kFilmSeconds)) {
    if (track->pieces.size() > 1) groups[sorted(track->pieces)].push_back(track);
  }
  for (const auto& [pieces, group] : groups) {
    std::set<Pieces> orders;
    for (const auto* track : group) orders.insert(track->pieces);
    if (orders.size() >= kManyOrders) take_for_decoys(group, 0.7, "over the same pieces in different orders as");
  }
}

void find_crowds(RuledTracks& tracks) {
  const auto* longest = longest_undecided(tracks);
  if (longest == nullptr || longest->seconds() < kFilmSeconds) return;
  auto group = undecided_of_length(tracks, longest->seconds() * kTie);
  if (group.empty()) return;
  const auto* model = model_of(group);
  std::erase_if(group, [&](const auto* track) { return shared_pieces(*track, *model) < 0.5; });
  if (group.size() >= kManyOfOneLength) take_for_decoys(group, 0.7, "of one length over the pieces of");
}

}  // namespace

void find_decoys(RuledTracks& tracks) {
  find_loops(tracks);
  find_shuffles(tracks);
  find_crowds(tracks);
}

}  // namespace amphi
