#include "process/tags.hpp"

#include <algorithm>
#include <optional>

namespace amphi {
namespace {

class TagList {
 public:
  void add(const char* name, const std::optional<std::string>& value) {
    if (value && !value->empty()) tags_.emplace_back(name, *value);
  }
  Tags take() { return std::move(tags_); }

 private:
  Tags tags_;
};

std::optional<std::string> number(std::optional<int> value) {
  return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

std::optional<std::string> identifier_of(const Disc& disc, std::string_view kind) {
  const auto found = std::find_if(disc.identifiers.begin(), disc.identifiers.end(),
                                  [&](const Identifier& identifier) { return identifier.kind == kind; });
  return found == disc.identifiers.end() ? std::nullopt : std::optional(found->value);
}

void add_film(TagList& tags, const Disc& disc, const Track& track) {
  tags.add("TITLE", track.edits.track_name ? track.edits.track_name : disc.edits.title);
  tags.add("DATE_RELEASED", number(disc.edits.year));
  tags.add("IMDB", disc.edits.imdb_id);
  tags.add("TMDB", disc.edits.tmdb_id);
}

// The artist stands in the disc's show_name; a track that the user gave no name has the one of CD-Text.
void add_music(TagList& tags, const Disc& disc, const Track& track) {
  tags.add("TITLE", track.edits.track_name ? track.edits.track_name : track.scanned.source_name);
  tags.add("ALBUM", disc.edits.title);
  tags.add("ARTIST", disc.edits.show_name);
  tags.add("ALBUMARTIST", disc.edits.show_name);
  tags.add("DATE", number(disc.edits.year));
  tags.add("TRACKNUMBER", std::to_string(track.scanned.number));
  if (disc.track_count > 0) tags.add("TRACKTOTAL", std::to_string(disc.track_count));
  tags.add("MUSICBRAINZ_DISCID", identifier_of(disc, "musicbrainz"));
}

}  // namespace

Tags tags_of(const Disc& disc, const Track& track) {
  TagList tags;
  disc.kind == DiscKind::kCd ? add_music(tags, disc, track) : add_film(tags, disc, track);
  tags.add("AMPHI_FINGERPRINT", disc.fingerprint);
  tags.add("AMPHI_REFERENCE", track.scanned.reference);
  return tags.take();
}

}  // namespace amphi
