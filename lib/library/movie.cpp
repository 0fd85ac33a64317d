// Movies: `Name (Year)/Name (Year).mkv`, editions, further languages, extras in their folders.
#include "amphi/library.hpp"
#include "library/naming.hpp"

namespace amphi {
namespace {

// What tells this main feature from the disc's others: its own edition, else the disc's; and the language it is in.
std::string version_of(const Disc& disc, const Track& track) {
  auto edition = is_blank(track.edits.edition) ? disc.edits.edition.value_or("") : *track.edits.edition;
  if (is_blank(track.edits.language)) return edition;
  const auto language = language_name(*track.edits.language);
  return is_blank(edition) ? language : edition + " " + language;
}

}  // namespace

RelativePlace movie_place(Layout layout, const Disc& disc, const Track& track, std::string_view extension) {
  if (is_blank(disc.edits.title)) return {"", "title"};
  const auto name = title_part(*disc.edits.title) + year_part(disc) + id_part(layout, disc);
  // Plex shares out extras by folder, so a disc that is an edition has a folder of its own; an edition of one track
  // shares the folder, and with it the extras, of its disc. Jellyfin wants all versions in one folder, named like it.
  const auto own = layout == Layout::kPlex ? edition_part(layout, disc.edits.edition.value_or("")) : "";
  const auto folder = make_legal_name(name + own);
  if (track.type() != TrackType::kMainFeature) return {folder + "/" + extra_path(track, extension), ""};
  const auto version = edition_part(layout, version_of(disc, track));
  const auto stem = version.empty() || version == own ? folder : make_legal_name(name) + version;
  return {folder + "/" + file_name(stem, extension), ""};
}

}  // namespace amphi
