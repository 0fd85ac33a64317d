// Music: `Artist/Album (Year)/01 - Title.flac`. The album is the disc's title, the artist stands in its show_name.
#include <fmt/format.h>

#include "amphi/library.hpp"
#include "library/naming.hpp"

namespace amphi {

RelativePlace music_place(const Disc& disc, const Track& track, std::string_view extension) {
  if (is_blank(disc.edits.title)) return {"", "title"};
  if (is_blank(disc.edits.show_name)) return {"", "artist (show_name)"};
  const auto artist = make_legal_name(title_part(*disc.edits.show_name));
  const auto album = make_legal_name(title_part(*disc.edits.title) + year_part(disc));
  const auto title = !is_blank(track.edits.track_name)      ? *track.edits.track_name
                     : !is_blank(track.scanned.source_name) ? track.scanned.source_name
                                                            : fmt::format("Track {:02}", track.scanned.number);
  const auto file = file_name(fmt::format("{:02} - {}", track.scanned.number, title), extension);
  return {artist + "/" + album + "/" + file, ""};
}

}  // namespace amphi
