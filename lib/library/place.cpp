// Which of the library's folders a track belongs to.
#include "amphi/library.hpp"
#include "library/naming.hpp"

namespace amphi {
namespace {

// The user's word; else an audio CD is music, what has a show's name or is an episode is television, the rest movies.
MediaType media_type_of(const Disc& disc, const Track& track) {
  if (disc.edits.media_type) return *disc.edits.media_type;
  if (disc.kind == DiscKind::kCd) return MediaType::kMusic;
  const bool is_show = !is_blank(disc.edits.show_name) || track.type() == TrackType::kEpisode;
  return is_show ? MediaType::kTv : MediaType::kMovie;
}

struct Section {
  std::string_view key;
  std::optional<Folder> folder;
};

Section section_of(const LibraryConfig& library, MediaType type) {
  switch (type) {
    case MediaType::kMovie:
      return {"library.movies", library.movies};
    case MediaType::kTv:
      return {"library.shows", library.shows};
    case MediaType::kMusic:
      return {"library.music", library.music};
  }
  return {"library", std::nullopt};
}

RelativePlace relative_place(Layout layout, MediaType type, const Disc& disc, const Track& track,
                             std::string_view extension) {
  switch (type) {
    case MediaType::kMovie:
      return movie_place(layout, disc, track, extension);
    case MediaType::kTv:
      return show_place(layout, disc, track, extension);
    case MediaType::kMusic:
      return music_place(disc, track, extension);
  }
  return {"", "media_type"};
}

}  // namespace

LibraryPlace library_place(const std::optional<LibraryConfig>& library, const Disc& disc, const Track& track,
                           std::string_view extension) {
  const auto config = library.value_or(LibraryConfig{});
  const auto type = media_type_of(disc, track);
  const auto section = section_of(config, type);
  const auto relative = relative_place(config.layout, type, disc, track, extension);
  LibraryPlace place;
  place.relative = relative.path;
  place.missing_fact = relative.missing_fact;
  if (section.folder) {
    place.root = section.folder->path;
  } else {
    place.missing_key = section.key;
  }
  return place;
}

}  // namespace amphi
