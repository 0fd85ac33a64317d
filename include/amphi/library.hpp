// Names and folders of Plex and Jellyfin, and of amphi's own ripped and transcoded folders. Pure: text in, text out.
// Sources: Plex's and Jellyfin's naming pages; rules for legal names in `make_legal_name`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "amphi/config.hpp"
#include "amphi/disc.hpp"
#include "amphi/stage.hpp"
#include "amphi/track.hpp"

namespace amphi {

// One component of a path, legal everywhere: NFC; control and bidirectional characters out; / \ : * ? " < > | replaced;
// no ".", "..", trailing dot or space, no device name; at most `max_bytes`, cut between code points. Never empty.
std::string make_legal_name(std::string_view text, std::size_t max_bytes = 255);

// ".NAME.amphi-part", cut so that it stays within 255 bytes and stays different for different names.
std::string temporary_name(std::string_view file_name);
std::string scratch_name(std::string_view file_name);  // ".NAME.amphi-sectors"

// Two paths that a case-folding file system takes for one have the same key.
std::string collision_key(std::string_view path);

// Of what a stage makes: Matroska; of an audio CD's track WAVE as ripped, and FLAC, or WAVE with the preset "copy".
std::string_view extension_of(DiscKind kind, Stage stage, std::string_view preset);

// "<label>-<short fingerprint>/<reference>.<ext>", relative to the ripped or transcoded folder; ':' of a reference
// becomes '-'.
std::string artifact_path(const Disc& disc, const Track& track, std::string_view extension);

// Where a track goes in the library, or why it cannot.
struct LibraryPlace {
  std::string root;          // absolute; "" when missing_key is set
  std::string relative;      // "Name (Year)/Name (Year).mkv"
  std::string missing_key;   // "library.movies": the configuration key that is not there
  std::string missing_fact;  // "title": what the disc or track must be given first
};

LibraryPlace library_place(const std::optional<LibraryConfig>& library, const Disc& disc, const Track& track,
                           std::string_view extension);

}  // namespace amphi
