// One pressing of an optical disc: what a reader found (ScannedDisc) and the catalog's row (Disc).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/ids.hpp"
#include "amphi/source.hpp"
#include "amphi/track.hpp"

namespace amphi {

enum class DiscKind { kDvd, kBluray, kUhd, kCd };

std::string_view to_string(DiscKind kind);  // "dvd", "bluray", "uhd", "cd": the field `kind`
std::optional<DiscKind> parse_disc_kind(std::string_view text);
std::string_view fingerprint_prefix(DiscKind kind);  // "dvd", "br", "uhd", "cd"

// One of the ways in which the field names a disc: kind "amphi", "dvd-disc-id", "thediscdb-content-hash" ...
struct Identifier {
  std::string kind;
  std::string value;
  bool operator==(const Identifier&) const = default;
};

// The short form shown everywhere: kind and 7 hex digits, "dvd-a1b2c3d".
std::string short_fingerprint(std::string_view fingerprint);

// A regular file of a disc: "BDMV/PLAYLIST/00800.mpls", beneath the disc's root, in the case that its file system
// reports.
struct ListedFile {
  std::string path;
  std::int64_t size_bytes = 0;
  bool operator==(const ListedFile&) const = default;
};

// What a reader found. A pure value: nothing of it refers to the open disc.
struct ScannedDisc {
  DiscKind kind = DiscKind::kDvd;
  std::string fingerprint;   // "dvd-" + 64 hex; from a log alone "log-" + 64 hex
  bool provisional = false;  // the fingerprint is a log's
  bool partial = false;      // the source ended early; what is here is certain, more may exist
  bool encrypted = false;    // CSS, AACS: a clear copy needs makemkvcon
  std::string volume_label;  // "" where the source has none (a folder)
  std::vector<Identifier> identifiers;
  std::vector<ScannedTrack> tracks;
  std::vector<ListedFile> files;  // all of the disc; empty where they were not listed to the last
  std::vector<std::string> warnings;
  Source source;
  std::optional<Timestamp> scanned_at;  // where another program read it, and says when
};

enum class MediaType { kMovie, kTv, kMusic };
std::string_view to_string(MediaType type);  // "movie", "tv", "music"
std::optional<MediaType> parse_media_type(std::string_view text);

// What the user says of a disc, or what of that is changed (DiscChange). model/edit_fields.hpp has a row for each.
template <template <class> class Of>
struct DiscFields {
  Of<std::string> title, imdb_id, tmdb_id, show_name, edition, notes;
  Of<int> year;  // 1900 to 2100
  Of<MediaType> media_type;
  bool operator==(const DiscFields&) const = default;
};
using DiscEdits = DiscFields<std::optional>;

enum class ReprocessingType { kReRip, kReTranscode, kMissingTracks };
std::string_view to_string(ReprocessingType type);  // "re-rip", "re-transcode", "missing-tracks"
std::optional<ReprocessingType> parse_reprocessing_type(std::string_view text);

struct ReprocessingFlag {
  ReprocessingType type = ReprocessingType::kReRip;
  Timestamp since;  // receipts older than this are stale
};

// A row of the catalog.
struct Disc {
  DiscId id;
  std::string fingerprint;
  DiscKind kind = DiscKind::kDvd;
  bool provisional = false;
  bool encrypted = false;
  std::string volume_label;
  std::vector<Identifier> identifiers;
  DiscEdits edits;
  std::optional<ReprocessingFlag> reprocessing;
  Timestamp scanned_at;
  Source source;        // where it was last read from
  int track_count = 0;  // vanished ones not counted
};

// What people call it: title, else volume label, else the short fingerprint.
std::string display_title(const Disc& disc);

}  // namespace amphi
