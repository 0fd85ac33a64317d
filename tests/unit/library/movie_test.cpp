#include <set>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "samples.hpp"

namespace amphi {
namespace {

using samples::jellyfin;
using samples::movie;
using samples::plex;
using samples::track;

const Track kMain = track(TrackType::kMainFeature);

TEST(Movie, MainFeatureInItsOwnFolder) {
  EXPECT_EQ(plex(movie(), kMain), "The Matrix (1999)/The Matrix (1999).mkv");
  EXPECT_EQ(jellyfin(movie(), kMain), "The Matrix (1999)/The Matrix (1999).mkv");
}

TEST(Movie, RootIsTheConfiguredFolder) {
  const auto place = library_place(samples::library(Layout::kPlex), movie(), kMain, "mkv");
  EXPECT_EQ(place.root, "/media/Movies");
  EXPECT_EQ(place.missing_key, "");
  EXPECT_EQ(place.missing_fact, "");
}

TEST(Movie, WithoutAYear) {
  EXPECT_EQ(plex(movie("Akira", std::nullopt), kMain), "Akira/Akira.mkv");
  EXPECT_EQ(plex(movie("S.W.A.T.", std::nullopt), kMain), "S.W.A.T/S.W.A.T.mkv");
  EXPECT_EQ(plex(movie("S.W.A.T.", 2003), kMain), "S.W.A.T. (2003)/S.W.A.T. (2003).mkv");
  EXPECT_EQ(plex(movie("CON", std::nullopt), kMain), "CON_/CON_.mkv");
}

TEST(Movie, OddYearsAreLeftOut) {
  EXPECT_EQ(plex(movie("A", 1899), kMain), "A/A.mkv");
  EXPECT_EQ(plex(movie("A", 1900), kMain), "A (1900)/A (1900).mkv");
  EXPECT_EQ(plex(movie("A", 2100), kMain), "A (2100)/A (2100).mkv");
  EXPECT_EQ(plex(movie("A", 2101), kMain), "A/A.mkv");
}

TEST(Movie, Ids) {
  auto disc = movie();
  disc.edits.tmdb_id = "603";
  EXPECT_EQ(plex(disc, kMain), "The Matrix (1999) {tmdb-603}/The Matrix (1999) {tmdb-603}.mkv");
  EXPECT_EQ(jellyfin(disc, kMain), "The Matrix (1999) [tmdbid-603]/The Matrix (1999) [tmdbid-603].mkv");
  disc.edits.imdb_id = "tt0133093";
  EXPECT_EQ(plex(disc, kMain), "The Matrix (1999) {imdb-tt0133093}/The Matrix (1999) {imdb-tt0133093}.mkv");
  EXPECT_EQ(jellyfin(disc, kMain), "The Matrix (1999) [imdbid-tt0133093]/The Matrix (1999) [imdbid-tt0133093].mkv");
}

TEST(Movie, IdsThatAreNoneNeverReachAName) {
  for (const std::string id : {"", "tt", "0133093", "tt12x", "tt1/../..", "nm0000206", "tt1}", "tt1234567890123"}) {
    auto disc = movie();
    disc.edits.imdb_id = id;
    disc.edits.tmdb_id = id == "0133093" ? "12a" : id;
    EXPECT_EQ(plex(disc, kMain), "The Matrix (1999)/The Matrix (1999).mkv") << id;
  }
}

TEST(Movie, EditionOfTheDisc) {
  auto disc = movie("Blade Runner", 1982);
  disc.edits.edition = "Final Cut";
  EXPECT_EQ(plex(disc, kMain), "Blade Runner (1982) {edition-Final Cut}/Blade Runner (1982) {edition-Final Cut}.mkv");
  EXPECT_EQ(jellyfin(disc, kMain), "Blade Runner (1982)/Blade Runner (1982) - Final Cut.mkv");
  EXPECT_EQ(plex(disc, track(TrackType::kTrailers, 2, "Teaser")),
            "Blade Runner (1982) {edition-Final Cut}/Trailers/Teaser.mkv");
  EXPECT_EQ(jellyfin(disc, track(TrackType::kTrailers, 2, "Teaser")), "Blade Runner (1982)/Trailers/Teaser.mkv");
}

TEST(Movie, EditionsOfTracksShareTheFolder) {
  auto director = kMain;
  director.edits.edition = "Director's Cut";
  EXPECT_EQ(plex(movie(), director), "The Matrix (1999)/The Matrix (1999) {edition-Director's Cut}.mkv");
  EXPECT_EQ(jellyfin(movie(), director), "The Matrix (1999)/The Matrix (1999) - Director's Cut.mkv");
  auto disc = movie();
  disc.edits.edition = "Box";
  EXPECT_EQ(plex(disc, director), "The Matrix (1999) {edition-Box}/The Matrix (1999) {edition-Director's Cut}.mkv");
  EXPECT_EQ(jellyfin(disc, director), "The Matrix (1999)/The Matrix (1999) - Director's Cut.mkv");
}

TEST(Movie, LanguagesOfMainFeatures) {
  for (const std::string code : {"fr", "fra", "fre", "FR", "French"}) {
    auto french = kMain;
    french.edits.language = code;
    EXPECT_EQ(plex(movie(), french), "The Matrix (1999)/The Matrix (1999) {edition-French}.mkv") << code;
    EXPECT_EQ(jellyfin(movie(), french), "The Matrix (1999)/The Matrix (1999) - French.mkv") << code;
  }
  auto both = kMain;
  both.edits.language = "ger";
  both.edits.edition = "Uncut";
  EXPECT_EQ(plex(movie(), both), "The Matrix (1999)/The Matrix (1999) {edition-Uncut German}.mkv");
  auto extra = track(TrackType::kTrailers, 4);
  extra.edits.language = "fr";
  EXPECT_EQ(plex(movie(), extra), "The Matrix (1999)/Trailers/Trailer 4.mkv");
}

TEST(Movie, EditionsAreCutAt32CharactersAndKeepTheirTag) {
  auto main = kMain;
  main.edits.edition = std::string(32, 'x');
  EXPECT_EQ(plex(movie("A", 1999), main), "A (1999)/A (1999) {edition-" + std::string(32, 'x') + "}.mkv");
  main.edits.edition = std::string(33, 'x');
  EXPECT_EQ(plex(movie("A", 1999), main), "A (1999)/A (1999) {edition-" + std::string(32, 'x') + "}.mkv");
  main.edits.edition = "}{/..";
  EXPECT_EQ(plex(movie("A", 1999), main), "A (1999)/A (1999) {edition-)(-..}.mkv");
  main.edits.edition = " \n";
  EXPECT_EQ(plex(movie("A", 1999), main), "A (1999)/A (1999).mkv");
}

TEST(Movie, ExtrasOfEveryType) {
  const std::vector<std::tuple<TrackType, std::string, std::string>> cases{
      {TrackType::kFeaturettes, "Featurettes", "Featurette 7"},
      {TrackType::kDeletedScenes, "Deleted Scenes", "Deleted Scene 7"},
      {TrackType::kBehindTheScenes, "Behind The Scenes", "Behind The Scenes 7"},
      {TrackType::kInterviews, "Interviews", "Interview 7"},
      {TrackType::kScenes, "Scenes", "Scene 7"},
      {TrackType::kShorts, "Shorts", "Short 7"},
      {TrackType::kTrailers, "Trailers", "Trailer 7"},
      {TrackType::kOther, "Other", "Extra 7"},
      {TrackType::kAudio, "Other", "Audio 7"},
      {TrackType::kPlayAll, "Other", "Play All 7"},
      {TrackType::kDuplicate, "Other", "Duplicate 7"},
      {TrackType::kDecoy, "Other", "Decoy 7"},
  };
  for (const auto& [type, folder, unnamed] : cases) {
    EXPECT_EQ(plex(movie(), track(type, 7, "On Set")), "The Matrix (1999)/" + folder + "/On Set.mkv");
    EXPECT_EQ(plex(movie(), track(type, 7)), "The Matrix (1999)/" + folder + "/" + unnamed + ".mkv");
    EXPECT_EQ(jellyfin(movie(), track(type, 7, " \t")), "The Matrix (1999)/" + folder + "/" + unnamed + ".mkv");
  }
}

TEST(Movie, EveryTypeHasAPlace) {
  auto disc = movie();
  disc.edits.media_type = MediaType::kMovie;
  for (const auto type : all_track_types()) EXPECT_NE(plex(disc, track(type, 3)), "") << to_string(type);
  EXPECT_EQ(plex(disc, track(TrackType::kEpisode, 3)), "The Matrix (1999)/Other/Episode 3.mkv");
}

TEST(Movie, UnnamedExtrasDoNotCollide) {
  std::set<std::string> keys;
  int count = 0;
  for (const auto type : all_track_types())
    for (int number = 1; number <= 3; ++number)
      if (type != TrackType::kMainFeature && type != TrackType::kEpisode) {
        keys.insert(collision_key(plex(movie(), track(type, number))));
        ++count;
      }
  EXPECT_EQ(static_cast<int>(keys.size()), count);
}

TEST(Movie, TitleIsNeverInvented) {
  for (const std::optional<std::string>& title :
       {std::optional<std::string>(), std::optional<std::string>(""), std::optional<std::string>(" \n\u202e")}) {
    auto disc = movie();
    disc.edits.title = title;
    for (const auto& each : {kMain, track(TrackType::kTrailers, 2, "Teaser")}) {
      const auto place = library_place(samples::library(Layout::kPlex), disc, each, "mkv");
      EXPECT_EQ(place.missing_fact, "title");
      EXPECT_EQ(place.relative, "");
    }
  }
}

TEST(Movie, HostileTitles) {
  EXPECT_EQ(plex(movie("../../etc", 1999), kMain), "-..-etc (1999)/-..-etc (1999).mkv");
  EXPECT_EQ(plex(movie("a/b", 1999), kMain), "a-b (1999)/a-b (1999).mkv");
  EXPECT_EQ(plex(movie("...", 1999), kMain), "_ (1999)/_ (1999).mkv");
  EXPECT_EQ(plex(movie("???", std::nullopt), kMain), "_/_.mkv");
  EXPECT_EQ(plex(movie("X {edition-Y}", 1999), kMain), "X (edition-Y) (1999)/X (edition-Y) (1999).mkv");
  EXPECT_EQ(plex(movie("[REC]", 2007), kMain), "[REC] (2007)/[REC] (2007).mkv");
}

TEST(Movie, LongTitlesKeepYearIdEditionAndExtension) {
  auto disc = movie(std::string(300, 'x'), 1999);
  disc.edits.imdb_id = "tt0133093";
  auto main = kMain;
  main.edits.edition = std::string(40, 'y');
  const std::string title(150, 'x');
  EXPECT_EQ(plex(disc, main), title + " (1999) {imdb-tt0133093}/" + title + " (1999) {imdb-tt0133093} {edition-" +
                                  std::string(32, 'y') + "}.mkv");
  EXPECT_EQ(plex(movie(std::string(150, 'x'), 1999), kMain), title + " (1999)/" + title + " (1999).mkv");
  EXPECT_EQ(plex(movie(std::string(151, 'x'), 1999), kMain), title + " (1999)/" + title + " (1999).mkv");
  EXPECT_EQ(plex(movie("A", 1999), track(TrackType::kTrailers, 2, std::string(300, 'z'))),
            "A (1999)/Trailers/" + std::string(251, 'z') + ".mkv");
}

TEST(Movie, JellyfinFilesBeginWithTheirFolder) {
  std::mt19937 random(11);
  for (int i = 0; i < 500; ++i) {
    auto disc = movie(samples::hostile_text(random), random() % 2 ? std::optional<int>(1999) : std::nullopt);
    if (random() % 2) disc.edits.imdb_id = "tt0133093";
    if (random() % 2) disc.edits.edition = samples::hostile_text(random);
    auto main = kMain;
    if (random() % 2) main.edits.edition = samples::hostile_text(random);
    if (random() % 2) main.edits.language = samples::hostile_text(random);
    for (const auto layout : {Layout::kPlex, Layout::kJellyfin}) {
      const auto place = library_place(samples::library(layout), disc, main, "mkv");
      if (place.missing_fact == "title") continue;
      EXPECT_EQ(samples::fault_of_path(place.relative), "") << escape_controls(*disc.edits.title);
      const auto parts = split(place.relative, '/');
      ASSERT_EQ(parts.size(), 2U) << place.relative;
      if (layout == Layout::kJellyfin) {
        EXPECT_EQ(parts[1].rfind(parts[0], 0), 0U) << place.relative;
      }
      if (disc.edits.imdb_id) {
        EXPECT_NE(parts[1].find("tt0133093"), std::string::npos);
      }
      if (disc.edits.year) {
        EXPECT_NE(parts[1].find(" (1999)"), std::string::npos);
      }
      EXPECT_EQ(parts[1].substr(parts[1].size() - 4), ".mkv");
    }
  }
}

}  // namespace
}  // namespace amphi
