#include "support.hpp"

namespace amphi::test {
namespace {

constexpr double kHour = 3600;

TEST(MainFeature, NoTracksNoClasses) {
  EXPECT_TRUE(classes_of(DiscKind::kDvd, {}).empty());
}

TEST(MainFeature, IsTheLongest) {
  const auto classes = classes_of(DiscKind::kBluray, {clip(1, 100), playlist(2, 1.8 * kHour, "2", 20), clip(3, 560)});
  EXPECT_EQ(types_of(classes), (Types{kTrailers, kMainFeature, kFeaturettes}));
  EXPECT_EQ(classes[1].confidence, "high");
  EXPECT_TRUE(says(classes[1], "the longest track, 1:48:00"));
  EXPECT_TRUE(says(classes[1], "the next is 9:20"));
}

TEST(MainFeature, NothingUnderAMinuteIsOne) {
  EXPECT_EQ(types_of(DiscKind::kDvd, {title(1, 54, "VTS_01", {{0, 9}})}), (Types{kTrailers}));
  EXPECT_EQ(types_of(DiscKind::kDvd, {title(1, 90, "VTS_01", {{0, 9}})}), (Types{kMainFeature}));
}

TEST(MainFeature, AFilmUnderAnHour) {
  const auto classes = classes_of(DiscKind::kDvd, {logged_title(1, 50 * 60, "1-10", 10),
                                                   logged_title(2, 12 * 60, "1-2", 2), logged_title(3, 150, "1", 1)});
  EXPECT_EQ(types_of(classes), (Types{kMainFeature, kFeaturettes, kTrailers}));
  EXPECT_EQ(classes[0].confidence, "medium") << "it may be the one long episode of a disc";
}

TEST(MainFeature, AShortFilmIsDoubtfulAndAShorterOneMoreSo) {
  EXPECT_EQ(classes_of(DiscKind::kDvd, {logged_title(1, 26 * 60, "1", 4), logged_title(2, 180, "1")})[0].confidence,
            "medium");
  const auto classes =
      classes_of(DiscKind::kDvd, {title(1, 90, "VTS_01", {{0, 99}}), title(2, 30, "VTS_02", {{0, 9}})});
  EXPECT_EQ(types_of(classes), (Types{kMainFeature, kOther}));
  EXPECT_EQ(classes[0].confidence, "low");
  EXPECT_TRUE(says(classes[0], "short"));
}

TEST(MainFeature, ADiscWithOneTitle) {
  const auto classes = classes_of(DiscKind::kDvd, {logged_title(1, 86 * 60, "1-20", 20)});
  EXPECT_EQ(types_of(classes), (Types{kMainFeature}));
  EXPECT_EQ(classes[0].confidence, "high");
}

TEST(MainFeature, ADiscOfExtrasHasNone) {
  const auto classes =
      classes_of(DiscKind::kBluray, {clip(17, 1229), clip(18, 615), clip(19, 1335), clip(24, 1621), clip(25, 363)});
  for (const auto& each : classes) EXPECT_EQ(each.type, kFeaturettes);
}

TEST(MainFeature, AShortFilmAmongExtrasOfItsLengthIsTheBetterEncoded) {
  EXPECT_EQ(types_of(DiscKind::kBluray,
                     {playlist(1, 40 * 60, "1", 10), clip(17, 1229), clip(18, 1215, 1.9e6), clip(19, 1335)})[0],
            kMainFeature);
}

// The branching playlist that plays every clip has one chapter, the real one twenty.
TEST(MainFeature, TheLongestIsNotTheFilmWhereItIsHardlyDivided) {
  const auto classes = classes_of(
      DiscKind::kBluray, {playlist(900, 2.2 * kHour, "1,5,2,6,3,7", 1), playlist(800, 2 * kHour, "1,2,3", 20)});
  EXPECT_EQ(types_of(classes), (Types{kDecoy, kMainFeature}));
  EXPECT_TRUE(says(classes[1], "mpls:900 is longer, but has 1 chapters where this has 20"));
  EXPECT_EQ(types_of(DiscKind::kDvd, {logged_title(1, 2.2 * kHour, "1", 1), logged_title(2, 2 * kHour, "1-20", 20)})[1],
            kMainFeature);
}

TEST(MainFeature, TheLongestIsNotTheFilmWhereItHasFarFewerBytes) {
  const auto classes =
      classes_of(DiscKind::kUhd, {playlist(1, 2.1 * kHour, "1", 11, 0.8e6), playlist(2, 2 * kHour, "2", 20, 9e6)});
  EXPECT_EQ(types_of(classes), (Types{kFeaturettes, kMainFeature}));
  EXPECT_TRUE(says(classes[1], "mpls:1 is longer, but"));
  EXPECT_EQ(classes[1].confidence, "medium");
}

TEST(MainFeature, AnotherAsLongAndAsLargeMakesItDoubtful) {
  EXPECT_EQ(
      classes_of(DiscKind::kBluray, {playlist(711, 4263, "1,2", 29), playlist(741, 3970, "3,4", 17)})[0].confidence,
      "medium");
  EXPECT_EQ(classes_of(DiscKind::kBluray, {playlist(711, 4263, "1,2", 29), playlist(741, 3970, "3,4", 17, 1e6)})[0]
                .confidence,
            "high");
}

TEST(MainFeature, AFilmOfOneChapterStaysOneBesideADividedExtra) {
  EXPECT_EQ(types_of(DiscKind::kBluray, {playlist(1, 2 * kHour, "1", 1), playlist(2, 0.8 * kHour, "2", 20)})[0],
            kMainFeature);
}

TEST(MainFeature, ATieGoesToTheLowestReferenceAndAllSaySo) {
  const auto classes = classes_of(DiscKind::kBluray, {playlist(802, 5700, "1,2", 20), playlist(800, 5698, "1,3", 20),
                                                      playlist(801, 5699, "1,4", 20)});
  EXPECT_EQ(types_of(classes), (Types{kOther, kMainFeature, kOther}));
  EXPECT_EQ(ties_of(classes[1]),
            (std::vector<std::string>{"ties with mpls:801 within 1 %", "ties with mpls:802 within 1 %"}));
  EXPECT_EQ(ties_of(classes[0]), (std::vector<std::string>{"ties with mpls:800 within 1 %"}));
  EXPECT_TRUE(says(classes[1], "the lowest reference is taken"));
  EXPECT_NE(classes[1].confidence, "high");
}

TEST(MainFeature, AThinnerOneOfItsLengthDoesNotTie) {
  const auto classes =
      classes_of(DiscKind::kUhd, {playlist(801, 7436, "294", 20, 9e6), playlist(1244, 7368, "480", 11, 0.8e6)});
  EXPECT_EQ(types_of(classes), (Types{kMainFeature, kFeaturettes}));
  EXPECT_EQ(classes[0].confidence, "high");
}

TEST(MainFeature, ReferencesCountAsNumbers) {
  EXPECT_EQ(types_of(DiscKind::kDvd, {title(10, 5400, "VTS_01", {{0, 99}}), title(9, 5400, "VTS_02", {{0, 98}})}),
            (Types{kOther, kMainFeature}));
}

TEST(MainFeature, TheAuthorsNameSettlesATie) {
  const auto classes =
      classes_of(DiscKind::kBluray, {playlist(800, 5700, "1,2"), named(playlist(801, 5700, "1,3"), "FPL_MainFeature")});
  EXPECT_EQ(types_of(classes), (Types{kOther, kMainFeature}));
  EXPECT_EQ(classes[1].confidence, "high");
  EXPECT_TRUE(says(classes[1], "the disc's author calls it FPL_MainFeature"));
}

TEST(Cuts, AnotherCutSharesPieces) {
  const auto classes =
      classes_of(DiscKind::kBluray, {playlist(800, 5859, "1,2,3,4", 28), playlist(801, 6071, "1,12,3,14", 28)});
  EXPECT_EQ(types_of(classes), (Types{kMainFeature, kMainFeature}));
  EXPECT_TRUE(says(classes[0], "another cut of mpls:801"));
  EXPECT_TRUE(says(classes[0], "50 % of the pieces"));
}

TEST(Cuts, OfNearlyOneLengthTheChaptersTell) {
  EXPECT_EQ(types_of(DiscKind::kBluray, {playlist(800, 6997, "1,2,3,4", 32), playlist(801, 6949, "1,12,3,14", 40)}),
            (Types{kMainFeature, kMainFeature}));
}

TEST(Cuts, WithNoPieceInCommonTheMakeTells) {
  const auto film = playlist(100, 6473, "1", 24), other = playlist(99, 5986, "0", 24);
  EXPECT_EQ(types_of(DiscKind::kBluray, {film, other}), (Types{kMainFeature, kMainFeature}));
  EXPECT_EQ(types_of(DiscKind::kBluray, {film, playlist(99, 5986, "0", 12)})[1], kFeaturettes);
  EXPECT_EQ(types_of(DiscKind::kBluray, {film, playlist(99, 5986, "0", 24, kExtraRate)})[1], kFeaturettes);
}

TEST(Cuts, TheSamePiecesInOtherLanguagesOrChaptersAreMainFeaturesToo) {
  const auto film = with_audio(playlist(800, 6998, "4", 30), {"eng"});
  EXPECT_EQ(types_of(DiscKind::kUhd, {film, with_audio(playlist(801, 6998, "4", 30), {"jpn"})}),
            (Types{kMainFeature, kMainFeature}));
  EXPECT_EQ(types_of(DiscKind::kUhd, {film, with_audio(playlist(801, 6998, "4", 16), {"eng"})}),
            (Types{kMainFeature, kMainFeature}));
}

TEST(Cuts, SomePiecesExchangedAreALanguageWhereTheAudioDiffers) {
  const auto film = with_audio(playlist(800, 5694, "55,56,59", 36), {"eng"});
  const auto french = with_audio(playlist(801, 5694, "55,57,59", 36), {"fre"});
  EXPECT_EQ(types_of(DiscKind::kBluray, {film, french}), (Types{kMainFeature, kMainFeature}));
  EXPECT_EQ(types_of(DiscKind::kBluray, {film, with_audio(playlist(801, 5694, "55,57,59", 36), {"eng"})}),
            (Types{kMainFeature, kOther}));
}

TEST(Cuts, ABareClipOfTheFilmIsACopy) {
  EXPECT_EQ(types_of(DiscKind::kBluray, {playlist(1, 5700, "7", 20), playlist(7, 5700, "7", 0, kFilmRate, "m2ts")}),
            (Types{kMainFeature, kDuplicate}));
}

TEST(Cuts, AnotherAngleIsAMainFeatureAndNoDuplicate) {
  auto film = playlist(800, 5700, "7,8", 20), angle = film;
  angle.reference += ".angle2";
  const auto classes = classes_of(DiscKind::kBluray, {film, angle});
  EXPECT_EQ(types_of(classes), (Types{kMainFeature, kMainFeature}));
  EXPECT_TRUE(says(classes[1], "another angle of mpls:800"));
}

TEST(Cuts, APartOfTheFilmIsNoCut) {
  EXPECT_EQ(types_of(DiscKind::kBluray, {playlist(1, 5700, "7,8", 20), playlist(2, 3600, "7", 12)}),
            (Types{kMainFeature, kDuplicate}));
}

TEST(Cuts, MoreThanADiscHasAreLaidAgainstCopying) {
  std::vector<ScannedTrack> tracks{playlist(800, 6000, "1,2,3,4", 20)};
  for (int i = 1; i <= 5; ++i) tracks.push_back(playlist(800 + i, 6000 - i * 100, "1,2," + std::to_string(10 + i), 20));
  const auto classes = classes_of(DiscKind::kBluray, tracks);
  EXPECT_EQ(types_of(classes), (Types{kMainFeature, kDecoy, kDecoy, kDecoy, kDecoy, kDecoy}));
  EXPECT_EQ(classes[0].confidence, "low");
  tracks.resize(4);
  for (const auto type : types_of(DiscKind::kBluray, tracks)) EXPECT_EQ(type, kMainFeature);
}

}  // namespace
}  // namespace amphi::test
