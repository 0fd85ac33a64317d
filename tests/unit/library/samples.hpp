// Discs and tracks to name, and what every name must keep to, written down apart from the code that makes it so.
#pragma once

#include <random>
#include <string>
#include <string_view>

#include "amphi/library.hpp"

namespace amphi::samples {

inline Disc movie(std::string title = "The Matrix", std::optional<int> year = 1999) {
  Disc disc;
  disc.fingerprint = "dvd-0123456789abcdef";
  disc.volume_label = "MATRIX";
  disc.edits.title = std::move(title);
  disc.edits.year = year;
  return disc;
}

inline Disc show(std::string name = "Firefly", std::optional<int> year = 2002) {
  Disc disc = movie("Firefly Disc 1", year);
  disc.edits.media_type = MediaType::kTv;
  disc.edits.show_name = std::move(name);
  return disc;
}

inline Track track(TrackType type, int number = 1, std::optional<std::string> name = std::nullopt) {
  Track track;
  track.scanned.number = number;
  track.scanned.reference = "dvd:" + std::to_string(number);
  track.classification.type = type;
  track.edits.track_name = std::move(name);
  return track;
}

inline Track episode(std::optional<int> season, std::optional<int> number,
                     std::optional<std::string> name = std::nullopt) {
  Track track = samples::track(TrackType::kEpisode, 1, std::move(name));
  track.edits.season = season;
  track.edits.episode = number;
  return track;
}

inline std::optional<LibraryConfig> library(Layout layout) {
  LibraryConfig config;
  config.layout = layout;
  config.movies = Folder{"/media/Movies", true};
  config.shows = Folder{"/media/TV Shows", true};
  config.music = Folder{"/media/Music", true};
  return config;
}

inline std::string plex(const Disc& disc, const Track& track) {
  return library_place(library(Layout::kPlex), disc, track, "mkv").relative;
}

inline std::string jellyfin(const Disc& disc, const Track& track) {
  return library_place(library(Layout::kJellyfin), disc, track, "mkv").relative;
}

// "" for a legal component, else what is wrong with it.
std::string fault_of(std::string_view component, std::size_t max_bytes = 255);
// The same for each component of a relative path.
std::string fault_of_path(std::string_view path);

// Titles as discs, databases and attackers write them.
std::string hostile_text(std::mt19937& random);

}  // namespace amphi::samples
