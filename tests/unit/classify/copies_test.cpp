#include <algorithm>
#include <array>

#include "support.hpp"

namespace amphi::test {
namespace {

constexpr double kFilm = 95 * 60;

TEST(Duplicates, SameCellsAndStreamsAreOne) {
  auto tracks = std::vector{title(1, 5400, "VTS_01", {{0, 99}}), title(2, 420, "VTS_02", {{0, 9}}),
                            title(3, 420, "VTS_02", {{0, 9}}), title(4, 420, "VTS_03", {{0, 9}})};
  EXPECT_EQ(types_of(DiscKind::kDvd, tracks), (Types{kMainFeature, kFeaturettes, kDuplicate, kFeaturettes}));
  tracks[2] = with_audio(tracks[2], {"ger"});
  EXPECT_EQ(types_of(DiscKind::kDvd, tracks)[2], kFeaturettes) << "another stream";
}

TEST(Duplicates, WhereStreamsAreNotKnownTheScoreIsLower) {
  const auto plain = std::vector{playlist(1, kFilm, "1"), playlist(2, kFilm, "1")};
  EXPECT_EQ(classes_of(DiscKind::kBluray, plain)[1].confidence, "medium");
  const auto heard = std::vector{with_audio(plain[0], {"eng"}), with_audio(plain[1], {"eng"})};
  const auto classes = classes_of(DiscKind::kBluray, heard);
  EXPECT_EQ(types_of(classes), (Types{kMainFeature, kDuplicate}));
  EXPECT_EQ(classes[1].confidence, "high");
}

TEST(Duplicates, APlaylistThatWasReadIsComparedByItsClipsToo) {
  auto first = playlist(800, kFilm, "1,2"), second = playlist(801, kFilm, "1,2");
  for (auto* track : {&first, &second}) track->segments = {{1, 0, 270'000'000, 3000}, {2, 0, 270'000'000, 3000}};
  EXPECT_EQ(types_of(DiscKind::kBluray, {first, second}), (Types{kMainFeature, kDuplicate}));
}

TEST(Duplicates, SegmentMapOfADvdLogIsNotEnough) {
  EXPECT_EQ(by(find_duplicates, {logged_title(1, 1320, "1-11,12"), logged_title(2, 1326, "1-11,12")}, DiscKind::kDvd),
            (std::vector<std::optional<TrackType>>{std::nullopt, std::nullopt}));
}

TEST(Decoys, ManyOfOneLengthOverTheSameClips) {
  std::vector<ScannedTrack> tracks;
  for (int i = 0; i < 8; ++i) {
    tracks.push_back(playlist(100 + i, kFilm, i % 2 == 0 ? "1,2,3,4" : "2,1,4,3"));
    tracks.back().size_bytes += i;
  }
  tracks[5].ripper_note = "FPL_MainFeature";
  const auto classes = classes_of(DiscKind::kBluray, tracks);
  for (std::size_t i = 0; i < classes.size(); ++i) EXPECT_EQ(classes[i].type, i == 5 ? kMainFeature : kDecoy) << i;
  EXPECT_EQ(classes[5].confidence, "high");
}

// A hundred and more, each with its own order and some without a clip, as they are laid against copying.
std::vector<ScannedTrack> shuffles() {
  std::vector<ScannedTrack> tracks;
  for (int i = 0; i < 120; ++i) {
    constexpr std::array kSteps = {1, 5, 7, 11, 13};  // coprime with the number of clips
    std::string clips;
    for (int k = 0; k < 24; ++k) {
      const int clip = (k * kSteps[static_cast<std::size_t>(i) % kSteps.size()] + i) % 24;
      if (i % 7 != 0 && clip == i % 7) continue;
      clips += (clips.empty() ? "" : ",") + std::to_string(clip + 1);
    }
    tracks.push_back(playlist(i, kFilm + i % 7 * 40, clips, 20));
    tracks.back().size_bytes += i;
  }
  return tracks;
}

std::ptrdiff_t count_films(const std::vector<Classification>& classes) {
  return std::count_if(classes.begin(), classes.end(), [](const auto& each) { return each.type == kMainFeature; });
}

TEST(Decoys, AmongAHundredShufflesTheNamedOneIsTheFilm) {
  auto tracks = shuffles();
  tracks[77].ripper_note = "FPL_MainFeature";
  const auto classes = classes_of(DiscKind::kBluray, tracks);
  EXPECT_EQ(classes[77].type, kMainFeature);
  EXPECT_EQ(classes[77].confidence, "high");
  EXPECT_EQ(count_films(classes), 1);
}

TEST(Decoys, WhereNoneIsNamedOneIsTakenAndNothingIsPretended) {
  const auto classes = classes_of(DiscKind::kBluray, shuffles());
  EXPECT_EQ(count_films(classes), 1);
  const auto film =
      std::find_if(classes.begin(), classes.end(), [](const auto& each) { return each.type == kMainFeature; });
  EXPECT_EQ(film->confidence, "low");
  EXPECT_TRUE(says(*film, "nothing tells which is meant"));
}

TEST(Decoys, TheSamePiecesInThreeOrders) {
  const auto found =
      by(find_decoys, {playlist(1, kFilm, "1,2,3"), playlist(2, kFilm, "3,2,1"), playlist(3, kFilm, "2,1,3")});
  EXPECT_EQ(found, (std::vector<std::optional<TrackType>>{std::nullopt, kDecoy, kDecoy}));
  const auto two = by(find_decoys, {playlist(1, kFilm, "1,2,3"), playlist(2, kFilm, "3,2,1")});
  EXPECT_EQ(two, (std::vector<std::optional<TrackType>>{std::nullopt, std::nullopt})) << "two orders tie";
}

TEST(Decoys, OtherLanguagesOfTheFilmAreNone) {
  const auto film = with_audio(playlist(1, kFilm, "1,2,3", 20), {"eng"});
  EXPECT_EQ(types_of(DiscKind::kBluray, {film, playlist(2, kFilm, "3,2,1", 20), playlist(3, kFilm, "2,1,3", 20),
                                         with_audio(playlist(4, kFilm, "1,2,3", 20), {"jpn"})}),
            (Types{kMainFeature, kDecoy, kDecoy, kMainFeature}));
}

TEST(Decoys, TheSameClipsAgainAndAgain) {
  EXPECT_EQ(types_of(DiscKind::kBluray, {playlist(1, 7200, "1,2,1,2,1,2,1,2,1,2,1,2"), playlist(2, 6000, "1,2,3,4")}),
            (Types{kDecoy, kMainFeature}));
}

TEST(Parts, FilmWhoseChaptersAreTitlesStaysTheMainFeature) {
  std::vector<std::pair<int, int>> all;
  std::vector<ScannedTrack> tracks;
  for (int i = 0; i < 20; ++i) all.emplace_back(i * 10, i * 10 + 9);
  tracks.push_back(title(1, 6000, "VTS_01", all));
  for (int i = 0; i < 20; ++i) tracks.push_back(title(i + 2, 300, "VTS_01", {all[static_cast<std::size_t>(i)]}));
  const auto classes = classes_of(DiscKind::kDvd, tracks);
  EXPECT_EQ(classes[0].type, kMainFeature);
  for (std::size_t i = 1; i < classes.size(); ++i) EXPECT_EQ(classes[i].type, kDuplicate) << i;
  EXPECT_TRUE(says(classes[1], "part of dvd:1"));
}

TEST(Pieces, AreReadFromEveryFormOfASegmentMap) {
  const auto pieces = [](const std::string& map) {
    const auto disc = disc_of(DiscKind::kBluray, {playlist(1, 60, map)});
    return make_ruled_tracks(disc)[0].pieces;
  };
  EXPECT_EQ(pieces("14,27-29"), (Pieces{"14", "27", "28", "29"}));
  EXPECT_EQ(pieces("(506,502)"), (Pieces{"506", "502"}));
  EXPECT_EQ(pieces("242/273,274/275"), (Pieces{"242", "274"}));
}

TEST(Pieces, HostileSegmentMapsDoNoHarm) {
  for (const auto* map :
       {"", ",", "-", "1-", "1-999999999999", "9-1", "a,b", "1--2", "99999999999999999999", "()", "/1"}) {
    classes_of(DiscKind::kBluray, {playlist(1, 5400, map), playlist(2, 300, map)});
  }
}

}  // namespace
}  // namespace amphi::test
