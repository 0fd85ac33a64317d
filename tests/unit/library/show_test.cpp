#include <gtest/gtest.h>

#include "base/text.hpp"
#include "samples.hpp"

namespace amphi {
namespace {

using samples::episode;
using samples::jellyfin;
using samples::plex;
using samples::show;
using samples::track;

std::string missing(const Disc& disc, const Track& track) {
  return library_place(samples::library(Layout::kPlex), disc, track, "mkv").missing_fact;
}

TEST(Show, Episodes) {
  EXPECT_EQ(plex(show(), episode(1, 2, "The Train Job")),
            "Firefly (2002)/Season 01/Firefly (2002) - s01e02 - The Train Job.mkv");
  EXPECT_EQ(plex(show(), episode(1, 2)), "Firefly (2002)/Season 01/Firefly (2002) - s01e02.mkv");
  EXPECT_EQ(jellyfin(show(), episode(12, 110)), "Firefly (2002)/Season 12/Firefly (2002) - s12e110.mkv");
  EXPECT_EQ(plex(show("Firefly", std::nullopt), episode(1, 2)), "Firefly/Season 01/Firefly - s01e02.mkv");
}

TEST(Show, Ranges) {
  auto both = episode(1, 1, "Serenity");
  both.edits.episode_end = 2;
  EXPECT_EQ(plex(show(), both), "Firefly (2002)/Season 01/Firefly (2002) - s01e01-e02 - Serenity.mkv");
  both.edits.episode_end = 1;
  EXPECT_EQ(plex(show(), both), "Firefly (2002)/Season 01/Firefly (2002) - s01e01 - Serenity.mkv");
}

TEST(Show, SpecialsAreSeasonZero) {
  EXPECT_EQ(plex(show(), episode(0, 3)), "Firefly (2002)/Season 00/Firefly (2002) - s00e03.mkv");
}

TEST(Show, MissingFacts) {
  EXPECT_EQ(missing(show(), episode(std::nullopt, std::nullopt)), "season");
  EXPECT_EQ(missing(show(), episode(std::nullopt, 1)), "season");
  EXPECT_EQ(missing(show(), episode(1, std::nullopt)), "episode");
  EXPECT_EQ(missing(show(), track(TrackType::kMainFeature)), "season");
  EXPECT_EQ(missing(show(), episode(1, 1)), "");
  auto nameless = show();
  nameless.edits.show_name.reset();
  EXPECT_EQ(plex(nameless, episode(1, 1)), "Firefly Disc 1 (2002)/Season 01/Firefly Disc 1 (2002) - s01e01.mkv");
  nameless.edits.title.reset();
  EXPECT_EQ(missing(nameless, episode(1, 1)), "show_name");
  EXPECT_EQ(plex(nameless, episode(1, 1)), "");
}

TEST(Show, ExtrasOfShowAndSeason) {
  auto trailer = track(TrackType::kTrailers, 5, "Promo");
  EXPECT_EQ(plex(show(), trailer), "Firefly (2002)/Trailers/Promo.mkv");
  trailer.edits.season = 1;
  EXPECT_EQ(plex(show(), trailer), "Firefly (2002)/Season 01/Trailers/Promo.mkv");
  trailer.edits.track_name.reset();
  EXPECT_EQ(jellyfin(show(), trailer), "Firefly (2002)/Season 01/Trailers/Trailer 5.mkv");
}

TEST(Show, NumberedTracksAreEpisodesWhateverTheirType) {
  auto odd = track(TrackType::kOther, 5);
  odd.edits.season = 1;
  odd.edits.episode = 9;
  EXPECT_EQ(plex(show(), odd), "Firefly (2002)/Season 01/Firefly (2002) - s01e09.mkv");
}

TEST(Show, IdsAreInTheFolderOnly) {
  auto disc = show();
  disc.edits.tmdb_id = "1437";
  EXPECT_EQ(plex(disc, episode(1, 2)), "Firefly (2002) {tmdb-1437}/Season 01/Firefly (2002) - s01e02.mkv");
  EXPECT_EQ(jellyfin(disc, episode(1, 2)), "Firefly (2002) [tmdbid-1437]/Season 01/Firefly (2002) - s01e02.mkv");
}

TEST(Show, LongNamesKeepTheNumber) {
  const auto place = plex(show(std::string(300, 's')), episode(1, 2, std::string(300, 't')));
  const auto parts = split(place, '/');
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(samples::fault_of_path(place), "");
  EXPECT_EQ(parts[2].size(), 255U);
  EXPECT_EQ(parts[2].rfind(std::string(150, 's') + " (2002) - s01e02 - ttt", 0), 0U);
  EXPECT_EQ(parts[2].substr(251), ".mkv");
}

TEST(Show, HostileNames) {
  std::mt19937 random(13);
  for (int i = 0; i < 400; ++i) {
    const auto disc = show(samples::hostile_text(random));
    const auto place = plex(disc, episode(1, 2, samples::hostile_text(random)));
    EXPECT_EQ(samples::fault_of_path(place), "");
    EXPECT_EQ(split(place, '/').size(), 3U) << place;
    EXPECT_NE(place.find("s01e02"), std::string::npos);
  }
}

TEST(MediaType, TheUsersWordElseWhatTheDiscLooksLike) {
  const auto root = [](const Disc& disc, const Track& track) {
    return library_place(samples::library(Layout::kPlex), disc, track, "mkv").root;
  };
  auto disc = samples::movie();
  EXPECT_EQ(root(disc, track(TrackType::kMainFeature)), "/media/Movies");
  EXPECT_EQ(root(disc, episode(1, 1)), "/media/TV Shows");
  disc.edits.show_name = "Firefly";
  EXPECT_EQ(root(disc, track(TrackType::kTrailers)), "/media/TV Shows");
  disc.edits.media_type = MediaType::kMovie;
  EXPECT_EQ(root(disc, track(TrackType::kTrailers)), "/media/Movies");
  disc.edits.media_type.reset();
  disc.kind = DiscKind::kCd;
  EXPECT_EQ(root(disc, track(TrackType::kAudio)), "/media/Music");
}

TEST(MissingKey, NamesTheKey) {
  const auto key = [](const std::optional<LibraryConfig>& library, MediaType type) {
    auto disc = samples::movie();
    disc.edits.media_type = type;
    const auto place = library_place(library, disc, episode(1, 1), "mkv");
    EXPECT_EQ(place.root, "");
    return place.missing_key;
  };
  for (const auto& library : {std::optional<LibraryConfig>(), std::optional<LibraryConfig>(LibraryConfig{})}) {
    EXPECT_EQ(key(library, MediaType::kMovie), "library.movies");
    EXPECT_EQ(key(library, MediaType::kTv), "library.shows");
    EXPECT_EQ(key(library, MediaType::kMusic), "library.music");
  }
}

TEST(Music, ArtistAlbumTrack) {
  auto disc = samples::movie("Blue Train", 1957);
  disc.kind = DiscKind::kCd;
  const auto place = [&](const Track& track) {
    return library_place(samples::library(Layout::kPlex), disc, track, "flac");
  };
  EXPECT_EQ(place(track(TrackType::kAudio, 1, "Blue Train")).missing_fact, "artist (show_name)");
  disc.edits.show_name = "John Coltrane";
  EXPECT_EQ(place(track(TrackType::kAudio, 1, "Blue Train")).relative,
            "John Coltrane/Blue Train (1957)/01 - Blue Train.flac");
  EXPECT_EQ(place(track(TrackType::kAudio, 12)).relative, "John Coltrane/Blue Train (1957)/12 - Track 12.flac");
  disc.edits.title.reset();
  EXPECT_EQ(place(track(TrackType::kAudio, 1)).missing_fact, "title");
}

}  // namespace
}  // namespace amphi
