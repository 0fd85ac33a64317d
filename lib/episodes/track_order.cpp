#include "episodes/track_order.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "model/pieces.hpp"

namespace amphi {

namespace {

using Chosen = std::vector<const Track*>;

Chosen choose_tracks(const SeriesDisc& disc, const EpisodesAsked& asked) {
  Chosen chosen;
  for (const auto& track : disc.tracks) {
    const bool is_chosen = asked.tracks
                               ? std::find(asked.tracks->begin(), asked.tracks->end(), track.id) != asked.tracks->end()
                               : track.type() == TrackType::kEpisode && track.wanted();
    if (is_chosen && !track.vanished) chosen.push_back(&track);
  }
  if (chosen.empty())
    throw Error(
        ErrorKind::kNotFound, "no track of the disc is an episode",
        fmt::format("amphi disc episodes {} --tracks 1-4 says which are", short_fingerprint(disc.disc.fingerprint)));
  std::sort(chosen.begin(), chosen.end(),
            [](const Track* a, const Track* b) { return comes_before(a->scanned, b->scanned); });
  return chosen;
}

// Other streams or chapters over the same pieces are the same episode once more, unless somebody chose them.
void set_repeated_aside(DiscKind kind, OrderedTracks& ordered) {
  std::map<Pieces, const Track*> first;
  Chosen kept;
  for (const auto* track : ordered.tracks) {
    const auto pieces = pieces_of(kind, track->scanned);
    const auto [at, is_new] = first.try_emplace(pieces, track);
    if (is_new || pieces.empty()) {
      kept.push_back(track);
    } else {
      ordered.repeated.emplace_back(track, at->second);
    }
  }
  ordered.tracks = std::move(kept);
}

// Where the play-all plays each of the tracks that it does.
std::map<std::size_t, const Track*> places_in(const Pieces& whole, DiscKind kind, const Chosen& tracks) {
  std::map<std::size_t, const Track*> places;
  for (const auto* track : tracks)
    if (const auto at = find_run(whole, without_shared_end(pieces_of(kind, track->scanned), whole)))
      places.emplace(*at, track);
  return places;
}

Chosen in_order(const std::map<std::size_t, const Track*>& places) {
  Chosen tracks;
  for (const auto& [at, track] : places) tracks.push_back(track);
  return tracks;
}

bool is_play_all(const Track& track, const Chosen& chosen) {
  return track.type() == TrackType::kPlayAll && !track.vanished &&
         std::find(chosen.begin(), chosen.end(), &track) == chosen.end();
}

std::string falls_short(const Track& whole, std::size_t played, std::size_t of) {
  if (played == 0) return fmt::format("what the play-all, track {}, plays is not known", whole.scanned.number);
  return fmt::format("the play-all, track {}, plays {} of the {}", whole.scanned.number, played, of);
}

// By the first play-all that plays all of them; says what the others do.
bool order_by_play_all(const SeriesDisc& disc, OrderedTracks& ordered) {
  const auto in_disc_order = ordered.tracks;
  const Track* by = nullptr;
  std::string trouble;
  for (const auto& whole : disc.tracks) {
    if (!is_play_all(whole, in_disc_order)) continue;
    const auto places = places_in(pieces_of(disc.disc.kind, whole.scanned), disc.disc.kind, in_disc_order);
    if (places.size() < in_disc_order.size()) {
      trouble = falls_short(whole, places.size(), in_disc_order.size());
    } else if (by == nullptr) {
      by = &whole;
      ordered.tracks = in_order(places);
    } else if (in_order(places) != ordered.tracks) {
      ordered.notes.push_back(
          fmt::format("the play-alls, tracks {} and {}, differ in their order: that of track {} counts",
                      by->scanned.number, whole.scanned.number, by->scanned.number));
    }
  }
  if (by == nullptr) {
    ordered.caveat = trouble;
  } else {
    ordered.order = "play_all";
    ordered.reason = fmt::format("in the order of the play-all, track {}", by->scanned.number);
  }
  return by != nullptr;
}

}  // namespace

OrderedTracks order_tracks(const SeriesDisc& disc, const EpisodesAsked& asked) {
  OrderedTracks ordered;
  ordered.tracks = choose_tracks(disc, asked);
  ordered.order = "disc";
  ordered.reason = "in the disc's order";
  if (!asked.tracks) set_repeated_aside(disc.disc.kind, ordered);
  if (asked.order == EpisodeOrder::kDisc) return ordered;
  if (!order_by_play_all(disc, ordered) && asked.order == EpisodeOrder::kPlayAll)
    throw Error(ErrorKind::kUsage, "no play-all of the disc plays all of these tracks",
                "--order disc, or choose the tracks with --tracks");
  return ordered;
}

}  // namespace amphi
