#include "classify/cuts.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

namespace amphi {

namespace {

constexpr int kFewChapters = 2, kManyChapters = 8;
constexpr double kShortestCut = 0.75;    // of the film's length, where no piece is shared
constexpr double kShortestBranch = 0.5;  // where some are
constexpr double kLongestPart = 0.75;    // a run of the film's pieces that is longer is a cut of it
constexpr std::ptrdiff_t kMostCuts = 3;  // beside the film; theatrical, extended, director's, final

bool same_length(const RuledTrack& a, const RuledTrack& b) {
  return a.seconds() >= b.seconds() * kTie && b.seconds() >= a.seconds() * kTie;
}

// A logo before the film may have a chapter of its own.
bool same_chapters(const RuledTrack& a, const RuledTrack& b) {
  return std::abs(a.chapters() - b.chapters()) <= 1;
}

std::set<std::string> languages(const RuledTrack& track) {
  std::set<std::string> found;
  for (const auto& stream : track.scanned->audio) found.insert(stream.language);
  return found;
}

bool same_make(const RuledTrack& a, const RuledTrack& b) {
  return a.chapters() == b.chapters() && a.chapters() >= kManyChapters && rates_agree(a.rate(), b.rate(), kSameRate) &&
         a.scanned->resolution == b.scanned->resolution && a.seconds() >= b.seconds() * kShortestCut &&
         b.seconds() >= a.seconds() * kShortestCut;
}

double shared_of_both(const RuledTrack& a, const RuledTrack& b) {
  return std::min(shared_pieces(a, b), shared_pieces(b, a));
}

bool is_part(const RuledTrack& track, const RuledTrack& film) {
  return track.seconds() < film.seconds() * kLongestPart && find_run(film.pieces, track.pieces);
}

std::optional<Kinship> kinship_of_sharers(const RuledTrack& track, const RuledTrack& film) {
  if (track.pieces == film.pieces) return is_undivided_beside(track, film) ? Kinship::kCopy : Kinship::kSameContent;
  if (is_part(track, film) || track.seconds() < film.seconds() * kShortestBranch) return std::nullopt;
  if (is_undivided_beside(track, film)) return Kinship::kBranch;
  if (!same_length(track, film) || !same_chapters(track, film)) return Kinship::kCut;
  return languages(track) == languages(film) ? Kinship::kTie : Kinship::kLanguage;
}

std::optional<Kinship> find_kinship(const RuledTrack& track, const RuledTrack& film) {
  if (playlist_of(track) == playlist_of(film)) return Kinship::kAngle;
  if (shared_of_both(track, film) >= kShares) return kinship_of_sharers(track, film);
  if (same_length(track, film) && !is_thin_beside(track, film)) return Kinship::kTie;
  if (same_make(track, film)) return Kinship::kSameMake;
  return std::nullopt;
}

}  // namespace

bool is_undivided_beside(const RuledTrack& track, const RuledTrack& other) {
  if (track.chapters() > kFewChapters || other.chapters() < kManyChapters) return false;
  return shared_pieces(other, track) >= kSharesMuch || other.rate() * kRicher >= track.rate();
}

std::ptrdiff_t count_decoys(const RuledTracks& tracks, const RuledTrack& film) {
  return std::count_if(tracks.begin(), tracks.end(), [&](const auto& track) {
    return has_type(track, TrackType::kDecoy) && shared_pieces(track, film) >= kShares;
  });
}

std::vector<Relative> find_relatives(RuledTracks& tracks, const RuledTrack& film) {
  std::vector<Relative> relatives;
  for (auto* track : undecided_tracks(tracks)) {
    if (track == &film) continue;
    if (const auto kinship = find_kinship(*track, film))
      relatives.push_back({track, *kinship, shared_of_both(*track, film)});
  }
  const auto cuts =
      std::count_if(relatives.begin(), relatives.end(), [](const auto& each) { return each.kinship == Kinship::kCut; });
  const bool crowded = cuts + count_decoys(tracks, film) > kMostCuts;
  for (auto& each : relatives) {
    if (each.kinship == Kinship::kCut && crowded) each.kinship = Kinship::kCrowd;
  }
  return relatives;
}

}  // namespace amphi
