#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kCardSeconds = 12;  // a chapter: warnings and stills stand for ten seconds
constexpr int kFewestCards = 3;
constexpr double kStillRate = 125'000;  // bytes a second: nothing that moves in high definition needs so little

bool has_sound(const RuledTrack& track) {
  return !track.scanned->audio.empty();
}

bool is_run_of_cards(const RuledTrack& track) {
  return track.chapters() >= kFewestCards && track.seconds() <= track.chapters() * kCardSeconds;
}

std::optional<std::string> why_card(const RuledTrack& track, bool sound_known, DiscKind kind) {
  if (sound_known && !has_sound(track)) return "silent: a menu, a warning or a gallery";
  if (is_run_of_cards(track)) return fmt::format("{} chapters of a few seconds: cards or stills", track.chapters());
  if (kind != DiscKind::kDvd && track.rate() > 0 && track.rate() < kStillRate) return "the bit rate of a still picture";
  return std::nullopt;
}

}  // namespace

void find_cards(RuledTracks& tracks, DiscKind kind) {
  const bool sound_known = std::any_of(tracks.begin(), tracks.end(), has_sound);
  for (auto* track : undecided_tracks(tracks)) {
    if (const auto why = why_card(*track, sound_known, kind))
      track->decided = make_classification(TrackType::kOther, 0.7, {*why});
  }
}

}  // namespace amphi
