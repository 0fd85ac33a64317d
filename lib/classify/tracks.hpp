// The tracks of a disc as the rules see them: what each plays, in which order people count them, and what was decided.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/track.hpp"
#include "model/pieces.hpp"

namespace amphi {

struct RuledTrack {
  const ScannedTrack* scanned = nullptr;
  Pieces pieces;
  std::optional<Classification> decided;
  const RuledTrack* play_all = nullptr;  // the track that plays this one after others

  double seconds() const { return scanned->duration_seconds; }
  int chapters() const { return scanned->chapter_count; }
  double bytes() const { return static_cast<double>(scanned->size_bytes); }  // 0: not known
  double rate() const { return seconds() > 0 ? bytes() / seconds() : 0; }    // bytes a second; 0: not known
  const std::string& reference() const { return scanned->reference; }
  bool is_dvd_title() const { return scanned->reference.starts_with("dvd:"); }
  bool is_bare_clip() const { return scanned->reference.starts_with("m2ts:"); }  // no playlist plays it alone
};

using RuledTracks = std::vector<RuledTrack>;
using Group = std::vector<RuledTrack*>;

inline constexpr double kFilmSeconds = 45 * 60;  // what is longer may be a film
inline constexpr double kTie = 0.99;             // as long as another: this share of its length
inline constexpr double kSameRate = 1.3;         // what was encoded alike differs less; measured on episodes
inline constexpr double kRicher = 1.5;  // clearly better encoded, or clearly larger: the film beside its extras

RuledTracks make_ruled_tracks(const ScannedDisc& disc);

// "mpls:00800" of "mpls:00800.angle2".
std::string_view playlist_of(const RuledTrack& track);

// Those that no rule has decided, in the order in which the disc counts them.
Group undecided_tracks(RuledTracks& tracks);

// Share of `track`'s pieces that `other` plays too.
double shared_pieces(const RuledTrack& track, const RuledTrack& other);

// Bit rates within a factor of each other, or one of them not known.
bool rates_agree(double a, double b, double factor);

// Far fewer bytes than `other`: beside a film of its length a documentary.
bool is_thin_beside(const RuledTrack& track, const RuledTrack& other);

double total_seconds(const Group& group);
double median_seconds(const Group& group);
double median_rate(const Group& group);

// "mpls:00200, mpls:00201, ..., mpls:00207"
std::string references(const Group& group);

// `confidence` follows from `score`: high from 0.8, medium from 0.5.
Classification make_classification(TrackType type, double score, std::vector<std::string> reasons);

// The longest track that no rule has decided, or nullptr.
RuledTrack* longest_undecided(RuledTracks& tracks);

bool has_type(const RuledTrack& track, TrackType type);
bool has_any(const RuledTracks& tracks, TrackType type);

}  // namespace amphi
