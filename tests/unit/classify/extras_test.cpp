#include "classify/author_names.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

using Decided = std::vector<std::optional<TrackType>>;

const ScannedTrack kTheFilm = playlist(800, 6600, "800", 20);

// The extras of a disc with a film: types without the film's.
Types extras_of(std::vector<ScannedTrack> tracks, DiscKind kind = DiscKind::kBluray) {
  tracks.insert(tracks.begin(), kTheFilm);
  auto types = types_of(kind, tracks);
  EXPECT_EQ(types.front(), kMainFeature);
  types.erase(types.begin());
  return types;
}

TEST(AuthorNames, AreFoundInWhatTheRipperNotes) {
  EXPECT_EQ(author_name("SF_DS_PlayAll"), "SF_DS_PlayAll");
  EXPECT_EQ(author_name("Knives Out - 2 chapter(s) , 464.1 MB (SF_DS_PlayAll)"), "SF_DS_PlayAll");
  EXPECT_EQ(author_name("Interview with the Vampire - 29 chapter(s) , 27.5 GB"), "");
  EXPECT_EQ(author_name("16 chapter(s) , 23.5 GB"), "");
  EXPECT_EQ(author_name(""), "");
}

TEST(AuthorNames, SayWhatATrackIs) {
  const std::vector<std::pair<const char*, TrackType>> names = {
      {"SF_06_Trailer", kTrailers},
      {"SF_Teaser", kTrailers},
      {"SF_Theatrical", kTrailers},
      {"Seg_SF_DS_Bicycling", kDeletedScenes},
      {"SF_DeletedScenes", kDeletedScenes},
      {"SF_QnA", kInterviews},
      {"SF_Interview_Cast", kInterviews},
      {"SF_01_Making", kBehindTheScenes},
      {"BTS_03", kBehindTheScenes},
      {"Featurette_2", kFeaturettes},
      {"TMPL Main Menu", kOther},
      {"FBI_Warning", kOther},
      {"SF_PlayAll", kPlayAll},
  };
  for (const auto& [name, type] : names) {
    const auto classes = classes_of(DiscKind::kBluray, {kTheFilm, named(clip(7, 300), name)});
    EXPECT_EQ(classes[1].type, type) << name;
    EXPECT_EQ(classes[1].confidence, "high") << name;
    EXPECT_TRUE(says(classes[1], std::string("the disc's author calls it ") + name)) << name;
  }
}

TEST(AuthorNames, ThatSayNothingAreLeftToTheOtherRules) {
  for (const auto* name : {"SF_Thromby", "B1", "SEG_MainFeature", "WARDS_DSX"})
    EXPECT_EQ(by(find_named, {named(clip(7, 300), name)}), Decided{std::nullopt}) << name;
  EXPECT_EQ(by(find_named, {named(playlist(1, 6600, "1", 20), "The Trailer Park")}), Decided{std::nullopt}) << "a film";
}

TEST(Cards, SilentTracksWhereOthersHaveSound) {
  const auto card = clip(9, 120);
  const auto with_sound = std::vector{with_audio(kTheFilm, {"eng"}), card};
  const auto classes = classes_of(DiscKind::kBluray, with_sound);
  EXPECT_EQ(classes[1].type, kOther);
  EXPECT_TRUE(says(classes[1], "silent"));
  EXPECT_EQ(extras_of({card}), (Types{kTrailers})) << "streams are not known";
}

TEST(Cards, AChapterEveryTenSecondsOrAStillPicturesBitRate) {
  EXPECT_EQ(extras_of({playlist(55, 340, "18", 34, 0.5e6), clip(113, 590, 25'000)}), (Types{kOther, kOther}));
  EXPECT_EQ(extras_of({playlist(55, 340, "18", 2, 0.5e6), clip(113, 590, 225'000)}),
            (Types{kFeaturettes, kFeaturettes}));
}

// Six of half a minute to four, and what plays them all.
std::vector<ScannedTrack> scenes(std::vector<double> lengths) {
  std::vector<ScannedTrack> tracks;
  std::string all;
  double seconds = 0;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    tracks.push_back(clip(static_cast<int>(i * 2) + 10, lengths[i]));
    all += (all.empty() ? "" : ",") + std::to_string(i * 2 + 10);
    seconds += lengths[i];
  }
  tracks.push_back(playlist(100, seconds, all, static_cast<int>(lengths.size()), kExtraRate));
  return tracks;
}

TEST(Scenes, ManyShortPartsOfAPlayAllAreDeletedScenes) {
  const auto types = extras_of(scenes({28, 48, 111, 130, 100, 233}));
  EXPECT_EQ(types, (Types{kDeletedScenes, kDeletedScenes, kDeletedScenes, kDeletedScenes, kDeletedScenes,
                          kDeletedScenes, kPlayAll}));
}

TEST(Scenes, PartsOfManyMakersArePreviews) {
  auto parts = scenes({28, 48, 111, 130, 100, 233});
  parts[3].size_bytes = parts[3].size_bytes * 5 / 4;
  EXPECT_EQ(extras_of(parts).front(), kTrailers);
}

TEST(Scenes, PartsCutToOneLengthAreAFeaturettes) {
  EXPECT_EQ(extras_of(scenes({100, 110, 120, 130, 140, 105})).front(), kFeaturettes);
}

TEST(Scenes, AFewOfAboutTwoMinutesAreTrailers) {
  EXPECT_EQ(extras_of(scenes({154, 153, 123, 63})).front(), kTrailers);
  EXPECT_EQ(extras_of(scenes({154, 153, 123, 23})).front(), kDeletedScenes) << "of all lengths";
  EXPECT_EQ(extras_of(scenes({138, 91})).front(), kDeletedScenes) << "two";
  EXPECT_EQ(extras_of(scenes({154, 200, 123})).front(), kDeletedScenes) << "longer than trailers";
}

TEST(Scenes, LongPartsAreFeaturettes) {
  EXPECT_EQ(extras_of(scenes({154, 153, 123, 263})).front(), kFeaturettes);
  EXPECT_EQ(extras_of(scenes({469, 172, 328, 59, 1528, 239})).front(), kFeaturettes);
}

TEST(Scenes, ThirtyAndMoreAreThePiecesOfAGuide) {
  std::vector<double> lengths;
  for (int i = 0; i < 40; ++i) lengths.push_back(30 + i * 2);
  EXPECT_EQ(extras_of(scenes(lengths)).front(), kFeaturettes);
}

TEST(Company, AShortOneBetweenFeaturettesIsOneOfThem) {
  EXPECT_EQ(extras_of({clip(23, 298), clip(24, 113), clip(25, 463), clip(26, 384)})[1], kFeaturettes);
  EXPECT_EQ(extras_of({clip(23, 298), clip(24, 463), clip(25, 384), clip(26, 113)})[3], kTrailers) << "the last";
  EXPECT_EQ(extras_of({clip(23, 298), clip(24, 113), clip(45, 463), clip(46, 384)})[1], kTrailers) << "apart";
  EXPECT_EQ(extras_of({clip(23, 298), clip(24, 113, 2 * kExtraRate), clip(25, 463), clip(26, 384)})[1], kTrailers)
      << "of another make";
}

TEST(Company, ManyShortOnesSideBySide) {
  const std::vector<ScannedTrack> row{clip(20, 40), clip(21, 160), clip(22, 70), clip(23, 90), clip(24, 55)};
  EXPECT_EQ(extras_of(row), (Types{kFeaturettes, kFeaturettes, kFeaturettes, kFeaturettes, kFeaturettes}));
  auto apart = row;
  apart[2] = clip(52, 70);
  EXPECT_EQ(extras_of(apart)[1], kTrailers) << "no neighbours";
  auto named_ones = row;
  for (auto& track : named_ones) track.ripper_note = "SF_Something";
  EXPECT_EQ(extras_of(named_ones)[1], kTrailers);
  auto rich = row;
  rich.push_back(clip(40, 600, kExtraRate / 2));
  EXPECT_EQ(extras_of(rich)[1], kTrailers) << "from the cinema's master";
}

TEST(Compilations, ChaptersTellScenesFromTrailersAndSpots) {
  EXPECT_EQ(
      extras_of({playlist(202, 791, "56", 11, kExtraRate), playlist(382, 210, "380,381", 2, kExtraRate),
                 playlist(19, 133, "26,27,28,29", 4, kExtraRate), playlist(353, 696, "350,351,352", 3, kExtraRate)}),
      (Types{kDeletedScenes, kTrailers, kTrailers, kFeaturettes}));
}

TEST(Compilations, ADvdsChaptersTellOnlyManyScenes) {
  const auto one = [](int chapters, double seconds) {
    return types_of(DiscKind::kDvd, {logged_title(1, 6000, "1-20", 20), logged_title(2, seconds, "1", chapters)})[1];
  };
  EXPECT_EQ(one(8, 700), kDeletedScenes);
  EXPECT_EQ(one(2, 300), kFeaturettes);
  EXPECT_EQ(one(2, 147), kTrailers);
}

TEST(Lengths, WhatStandsAloneIsGuessedAndSaysSo) {
  const std::vector<std::pair<double, TrackType>> lengths = {
      {30, kOther}, {60, kTrailers}, {150, kTrailers}, {200, kFeaturettes}, {600, kFeaturettes}, {2528, kInterviews}};
  for (const auto& [seconds, type] : lengths) {
    const auto classes = classes_of(DiscKind::kBluray, {kTheFilm, clip(7, seconds)});
    EXPECT_EQ(classes[1].type, type) << seconds;
    EXPECT_NE(classes[1].confidence, "high") << seconds;
  }
}

TEST(Lengths, OfSeveralLongOnesNoneIsTheConversation) {
  EXPECT_EQ(extras_of({clip(7, 2528), clip(9, 2828)}), (Types{kFeaturettes, kFeaturettes}));
  EXPECT_EQ(extras_of({playlist(7, 2528, "7", 6, kExtraRate)}), (Types{kFeaturettes}));
}

}  // namespace
}  // namespace amphi::test
