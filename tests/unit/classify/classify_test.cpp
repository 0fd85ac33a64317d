#include "amphi/classify.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace amphi {
namespace {

ScannedTrack playlist(int number, double minutes, const std::string& clips, const std::string& kind = "mpls") {
  ScannedTrack track;
  track.number = number;
  track.reference = kind + ":" + std::to_string(number);
  track.source_name = std::to_string(number) + "." + kind;
  track.duration_seconds = minutes * 60;
  track.size_bytes = static_cast<std::int64_t>(minutes * 3e8);
  track.segment_map = clips;
  return track;
}

// A DVD title; `cells` as first and last sectors.
ScannedTrack title(int number, double minutes, const std::string& set, std::vector<std::pair<int, int>> cells) {
  ScannedTrack track;
  track.number = number;
  track.reference = "dvd:" + std::to_string(number);
  track.source_name = set;
  track.duration_seconds = minutes * 60;
  for (const auto& [first, last] : cells) {
    track.segments.push_back({static_cast<int>(track.segments.size()) + 1, first, last, 0});
    track.size_bytes += (last - first + 1) * 2048;
  }
  track.segment_map = "1-" + std::to_string(cells.size());
  return track;
}

std::vector<Classification> classify_tracks(DiscKind kind, std::vector<ScannedTrack> tracks) {
  ScannedDisc disc;
  disc.kind = kind;
  disc.tracks = std::move(tracks);
  auto classes = classify(disc);
  EXPECT_EQ(classes.size(), disc.tracks.size());
  for (const auto& entry : classes) {
    EXPECT_GE(entry.score, 0);
    EXPECT_LE(entry.score, 1);
    EXPECT_FALSE(entry.reasons.empty());
    EXPECT_TRUE(entry.confidence == "high" || entry.confidence == "medium" || entry.confidence == "low");
  }
  return classes;
}

std::vector<TrackType> types(const std::vector<Classification>& classes) {
  std::vector<TrackType> found;
  for (const auto& entry : classes) found.push_back(entry.type);
  return found;
}

bool says(const Classification& entry, const std::string& part) {
  for (const auto& reason : entry.reasons) {
    if (reason.find(part) != std::string::npos) return true;
  }
  return false;
}

using enum TrackType;
using Types = std::vector<TrackType>;

TEST(Classify, NoTracksNoClasses) {
  EXPECT_TRUE(classify_tracks(DiscKind::kDvd, {}).empty());
}

TEST(Classify, LongestIsTheMainFeatureAndTheRestAreGuessed) {
  const auto classes =
      classify_tracks(DiscKind::kBluray, {playlist(1, 1.4, "1"), playlist(2, 110, "2"), playlist(3, 2.2, "3"),
                                          playlist(4, 9.5, "4"), playlist(5, 0.3, "5")});
  EXPECT_EQ(types(classes), (Types{kDeletedScenes, kMainFeature, kTrailers, kFeaturettes, kOther}));
  EXPECT_EQ(classes[1].confidence, "high");
  EXPECT_TRUE(says(classes[1], "the longest track, 1:50:00"));
  for (const auto index : {0U, 2U, 3U, 4U}) EXPECT_EQ(classes[index].confidence, "low");
}

TEST(Classify, NothingUnderAMinuteIsAMainFeature) {
  EXPECT_EQ(types(classify_tracks(DiscKind::kDvd, {title(1, 0.9, "VTS_01", {{0, 9}})})), (Types{kDeletedScenes}));
  EXPECT_EQ(types(classify_tracks(DiscKind::kDvd, {title(1, 1.5, "VTS_01", {{0, 9}})})), (Types{kMainFeature}));
}

TEST(Classify, ShortMainFeatureIsDoubtful) {
  const auto classes =
      classify_tracks(DiscKind::kDvd, {title(1, 1.5, "VTS_01", {{0, 99}}), title(2, 0.5, "VTS_02", {{0, 9}})});
  EXPECT_EQ(types(classes), (Types{kMainFeature, kOther}));
  EXPECT_EQ(classes[0].confidence, "low");
  EXPECT_TRUE(says(classes[0], "short"));
}

TEST(Classify, TieGoesToTheLowestReferenceAndBothSaySo) {
  const auto classes = classify_tracks(
      DiscKind::kBluray, {playlist(802, 95, "1,2"), playlist(800, 94.9, "1,3"), playlist(801, 94, "1,4")});
  EXPECT_EQ(types(classes), (Types{kOther, kMainFeature, kOther}));
  EXPECT_TRUE(says(classes[1], "ties with mpls:802"));
  EXPECT_TRUE(says(classes[0], "ties with mpls:800"));
  EXPECT_FALSE(says(classes[2], "ties"));
  EXPECT_NE(classes[1].confidence, "high");
}

TEST(Classify, ReferencesCountAsNumbers) {
  const auto classes =
      classify_tracks(DiscKind::kDvd, {title(10, 90, "VTS_01", {{0, 99}}), title(9, 90, "VTS_02", {{0, 98}})});
  EXPECT_EQ(types(classes), (Types{kOther, kMainFeature}));
}

TEST(Classify, DiscsOwnProgramSettlesATie) {
  auto tracks = std::vector{playlist(800, 95, "1,2"), playlist(801, 95, "1,3")};
  tracks[1].ripper_note = "FPL_MainFeature";
  const auto classes = classify_tracks(DiscKind::kBluray, tracks);
  EXPECT_EQ(types(classes), (Types{kOther, kMainFeature}));
  EXPECT_EQ(classes[1].confidence, "high");
}

TEST(Classify, SameCellsAndStreamsAreADuplicate) {
  auto tracks = std::vector{title(1, 90, "VTS_01", {{0, 99}}), title(2, 7, "VTS_02", {{0, 9}}),
                            title(3, 7, "VTS_02", {{0, 9}}), title(4, 7, "VTS_03", {{0, 9}})};
  EXPECT_EQ(types(classify_tracks(DiscKind::kDvd, tracks)),
            (Types{kMainFeature, kFeaturettes, kDuplicate, kFeaturettes}));
  tracks[2].audio.push_back({.index = 0, .codec = "ac3", .language = "ger", .name = "", .flags = {}, .stream_id = {}});
  EXPECT_EQ(classify_tracks(DiscKind::kDvd, tracks)[2].type, kFeaturettes);
}

TEST(Classify, TwoFeaturesOverTheSameClipsDifferInAudio) {
  auto tracks = std::vector{playlist(800, 116, "4"), playlist(801, 116, "4")};
  EXPECT_EQ(types(classify_tracks(DiscKind::kUhd, tracks)), (Types{kMainFeature, kDuplicate}));
  tracks[1].audio.push_back(
      {.index = 0, .codec = "truehd", .language = "jpn", .name = "", .flags = {}, .stream_id = {}});
  EXPECT_EQ(types(classify_tracks(DiscKind::kUhd, tracks)), (Types{kMainFeature, kOther}));
}

// In a log of a DVD two different episodes both say 1-11,12.
TEST(Classify, APlaylistThatWasReadIsComparedByItsClipsToo) {
  auto first = playlist(800, 100, "1,2"), second = playlist(801, 100, "1,2");
  for (auto* track : {&first, &second}) track->segments = {{1, 0, 270'000'000, 3000}, {2, 0, 270'000'000, 3000}};
  EXPECT_EQ(types(classify_tracks(DiscKind::kBluray, {first, second})),
            (std::vector{TrackType::kMainFeature, TrackType::kDuplicate}));
}

TEST(Classify, TracksOfACdAreAudio) {
  EXPECT_EQ(types(classify_tracks(DiscKind::kCd, {playlist(1, 70, "1", "cd"), playlist(2, 3, "2", "cd")})),
            (std::vector{TrackType::kAudio, TrackType::kAudio}));
}

TEST(Classify, SegmentMapOfADvdLogIsNotEnough) {
  auto tracks = std::vector{playlist(1, 22, "1-11,12", "dvd"), playlist(2, 22.1, "1-11,12", "dvd"),
                            playlist(3, 22.2, "1-11,12", "dvd")};
  for (auto& track : tracks) track.source_name.clear();
  EXPECT_EQ(types(classify_tracks(DiscKind::kDvd, tracks)), (Types{kEpisode, kEpisode, kEpisode}));
}

TEST(Classify, EpisodesAndTheirPlayAll) {
  const auto classes =
      classify_tracks(DiscKind::kDvd, {title(1, 66, "VTS_01", {{0, 9}, {10, 19}, {20, 29}}),
                                       title(2, 22, "VTS_01", {{0, 9}}), title(3, 21.5, "VTS_01", {{10, 19}}),
                                       title(4, 22.5, "VTS_01", {{20, 29}}), title(5, 3, "VTS_02", {{0, 5}})});
  EXPECT_EQ(types(classes), (Types{kPlayAll, kEpisode, kEpisode, kEpisode, kTrailers}));
  EXPECT_TRUE(says(classes[0], "dvd:2, dvd:3, dvd:4"));
  EXPECT_TRUE(says(classes[1], "dvd:1 plays them all"));
  EXPECT_EQ(classes[1].confidence, "high");
}

TEST(Classify, PlayAllWithCellsOfItsOwnIsToldByDurationsAndSizes) {
  auto tracks = std::vector{playlist(1, 66, "1-30", "dvd"), playlist(2, 22, "1-10", "dvd"),
                            playlist(3, 21.5, "1-10", "dvd"), playlist(4, 22.5, "1-10", "dvd")};
  for (auto& track : tracks) track.source_name.clear();
  EXPECT_EQ(types(classify_tracks(DiscKind::kDvd, tracks)), (Types{kPlayAll, kEpisode, kEpisode, kEpisode}));
  tracks[0].size_bytes /= 2;
  EXPECT_NE(classify_tracks(DiscKind::kDvd, tracks)[0].type, kPlayAll);
}

TEST(Classify, PlayAllOfExtrasThatShareALogo) {
  const auto classes = classify_tracks(
      DiscKind::kBluray, {playlist(1, 113, "11"), playlist(216, 24, "99,100,101,114"), playlist(200, 8, "99,114"),
                          playlist(201, 8, "100,114"), playlist(202, 8, "101,114")});
  EXPECT_EQ(types(classes), (Types{kMainFeature, kPlayAll, kFeaturettes, kFeaturettes, kFeaturettes}));
}

TEST(Classify, FilmWhoseChaptersAreTitlesStaysTheMainFeature) {
  std::vector<std::pair<int, int>> all;
  std::vector<ScannedTrack> tracks;
  for (int i = 0; i < 20; ++i) all.emplace_back(i * 10, i * 10 + 9);
  tracks.push_back(title(1, 100, "VTS_01", all));
  for (int i = 0; i < 20; ++i) tracks.push_back(title(i + 2, 5, "VTS_01", {all[static_cast<std::size_t>(i)]}));
  const auto classes = classify_tracks(DiscKind::kDvd, tracks);
  EXPECT_EQ(classes[0].type, kMainFeature);
  for (std::size_t i = 1; i < classes.size(); ++i) EXPECT_EQ(classes[i].type, kDuplicate) << i;
  EXPECT_TRUE(says(classes[1], "part of dvd:1"));
}

TEST(Classify, LongFirstEpisodeIsNoMainFeature) {
  EXPECT_EQ(types(classify_tracks(DiscKind::kDvd, {playlist(1, 45, "1", "dvd"), playlist(2, 22, "1", "dvd"),
                                                   playlist(3, 22.4, "1", "dvd"), playlist(4, 21.8, "1", "dvd")})),
            (Types{kEpisode, kEpisode, kEpisode, kEpisode}));
}

TEST(Classify, FilmBesideThreeLongFeaturettesIsNoSeries) {
  EXPECT_EQ(types(classify_tracks(DiscKind::kBluray, {playlist(1, 84, "1"), playlist(2, 40, "2"), playlist(3, 41, "3"),
                                                      playlist(4, 42, "4")})),
            (Types{kMainFeature, kFeaturettes, kFeaturettes, kFeaturettes}));
}

TEST(Classify, ManyOfOneLengthOverTheSameClipsAreDecoys) {
  std::vector<ScannedTrack> tracks;
  for (int i = 0; i < 8; ++i) tracks.push_back(playlist(100 + i, 100, i % 2 == 0 ? "1,2,3,4" : "2,1,4,3"));
  for (int i = 0; i < 8; ++i) tracks[static_cast<std::size_t>(i)].size_bytes += i;
  tracks[5].ripper_note = "FPL_MainFeature";
  const auto classes = classify_tracks(DiscKind::kBluray, tracks);
  for (std::size_t i = 0; i < classes.size(); ++i) EXPECT_EQ(classes[i].type, i == 5 ? kMainFeature : kDecoy) << i;
}

TEST(Classify, TheSameClipsAgainAndAgainAreADecoy) {
  EXPECT_EQ(types(classify_tracks(DiscKind::kBluray,
                                  {playlist(1, 120, "1,2,1,2,1,2,1,2,1,2,1,2"), playlist(2, 100, "1,2,3,4")})),
            (Types{kDecoy, kMainFeature}));
}

TEST(Classify, HostileSegmentMapsDoNoHarm) {
  for (const auto* map : {"", ",", "-", "1-", "1-999999999999", "9-1", "a,b", "1--2", "99999999999999999999"}) {
    classify_tracks(DiscKind::kBluray, {playlist(1, 90, map), playlist(2, 5, map)});
  }
}

// --- real discs, where they are: the main feature is right on all of them

ScannedTrack track_of(const nlohmann::json& title, int number) {
  ScannedTrack track;
  track.number = number;
  track.source_name = title["src"].get<std::string>();
  const auto dot = track.source_name.find('.');
  track.reference = dot == std::string::npos
                        ? "dvd:" + track.source_name
                        : track.source_name.substr(dot + 1) + ":" + track.source_name.substr(0, dot);
  for (const auto& part : split(title["dur"].get<std::string>(), ':')) {
    track.duration_seconds = track.duration_seconds * 60 + parse_double(part).value();
  }
  track.size_bytes = title["size"].is_number() ? title["size"].get<std::int64_t>() : 0;
  track.chapter_count = title["ch"].is_number() ? title["ch"].get<int>() : 0;
  track.segment_map = title["segs"].is_string() ? title["segs"].get<std::string>() : "";
  return track;
}

std::string index_file() {
  const char* given = std::getenv("AMPHI_TEST_DATA");
  return (given != nullptr ? std::string(given) : AMPHI_SOURCE_DIR "/../shared/data") + "/makemkv-logs/index.json";
}

TEST(ClassifyRealDiscs, MainFeatureIsRightOnAll) {
  std::ifstream in(index_file());
  const auto index = in ? nlohmann::json::parse(in) : nlohmann::json::array();
  for (const auto& entry : index) {
    ScannedDisc disc;
    disc.kind = entry["format"] == "DVD" ? DiscKind::kDvd : DiscKind::kBluray;
    for (const auto& title : entry["titles"])
      disc.tracks.push_back(track_of(title, static_cast<int>(disc.tracks.size())));
    const auto classes = classify(disc);
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < classes.size(); ++i) {
      if (classes[i].type == kMainFeature) chosen.push_back(disc.tracks[i].source_name);
    }
    const auto truth = entry["main"].get<std::vector<std::string>>();
    SCOPED_TRACE(entry["slug"].get<std::string>());
    EXPECT_EQ(chosen.size(), truth.empty() ? 0U : 1U);
    for (const auto& name : chosen) EXPECT_NE(std::find(truth.begin(), truth.end(), name), truth.end()) << name;
  }
}

TEST(ClassifyRealDiscs, SeriesAreSeries) {
  std::ifstream in(index_file());
  const auto index = in ? nlohmann::json::parse(in) : nlohmann::json::array();
  for (const auto& entry : index) {
    if (entry["slug"] != "a-sign-of-affection-2024-2025-blu-ray") continue;
    ScannedDisc disc;
    disc.kind = DiscKind::kBluray;
    for (const auto& title : entry["titles"])
      disc.tracks.push_back(track_of(title, static_cast<int>(disc.tracks.size())));
    const auto classes = classify(disc);
    for (std::size_t i = 0; i < classes.size(); ++i) {
      if (entry["titles"][i]["type"] != "Episode") continue;
      EXPECT_EQ(classes[i].type, kEpisode) << i;
    }
    const auto whole = std::find_if(disc.tracks.begin(), disc.tracks.end(),
                                    [](const auto& track) { return track.source_name == "00008.mpls"; });
    EXPECT_EQ(classes[static_cast<std::size_t>(whole - disc.tracks.begin())].type, kPlayAll);
  }
}

}  // namespace
}  // namespace amphi
