// Which track is which where one side knows no more than numbers: an imported catalog, a log of makemkvcon's.
#include "catalog/match.hpp"

#include "support.hpp"

namespace amphi::testing {
namespace {

struct Known {
  int number;
  double seconds;
};

// As imported: a number, a duration or none, and nothing else.
std::vector<Track> numbered(const std::vector<Known>& known) {
  std::vector<Track> tracks;
  for (const auto& [number, seconds] : known) {
    Track one;
    one.scanned.number = number;
    one.scanned.reference = "title:" + std::to_string(number);
    one.scanned.duration_seconds = seconds;
    tracks.push_back(one);
  }
  return tracks;
}

std::vector<ScannedTrack> read(const std::vector<Known>& known) {
  std::vector<ScannedTrack> tracks;
  for (const auto& [number, seconds] : known) tracks.push_back(track(number, "dvd:" + std::to_string(number), seconds));
  return tracks;
}

// The index of the stored one, -1: none.
std::vector<int> matched(const std::vector<Track>& stored, const std::vector<ScannedTrack>& scanned) {
  std::vector<int> out;
  for (const auto& match : match_tracks(stored, scanned)) out.push_back(match ? static_cast<int>(*match) : -1);
  return out;
}

using Found = std::vector<int>;

TEST(Match, ADurationThatOnlyOneTrackHasTellsIt) {
  EXPECT_EQ(
      matched(numbered({{0, 5400}, {1, 130}, {2, 8}, {3, 6}}), read({{1, 6.04}, {2, 129.6}, {7, 8}, {9, 5400.4}})),
      (Found{3, 1, 2, 0}));
}

TEST(Match, NoneIsChosenAmongEquals) {
  EXPECT_EQ(matched(numbered({{0, 1300}, {1, 1300}, {5, 60}}), read({{1, 1300}, {2, 1300.4}, {9, 60}})),
            (Found{-1, -1, 2}));
  EXPECT_EQ(matched(numbered({{0, 1300}}), read({{1, 1300}, {2, 1300.4}})), (Found{-1, -1}));
}

TEST(Match, NumbersCountOnceTheyAreSeenToBeTheSame) {
  EXPECT_EQ(
      matched(numbered({{1, 1300}, {2, 1300}, {5, 60}, {6, 0}}), read({{1, 1300}, {2, 1300.4}, {5, 60}, {6, 99}})),
      (Found{0, 1, 2, 3}));
  // One pair is no proof of a shift, two are.
  EXPECT_EQ(matched(numbered({{0, 1300}, {1, 1300}, {4, 60}}), read({{1, 1300}, {2, 1300.4}, {5, 60}})),
            (Found{-1, -1, 2}));
  EXPECT_EQ(matched(numbered({{0, 1300}, {1, 1300}, {4, 60}, {5, 90}}), read({{1, 1300}, {2, 1300}, {5, 60}, {6, 90}})),
            (Found{0, 1, 2, 3}));
  // Apart by one here and by two there.
  EXPECT_EQ(matched(numbered({{0, 0}, {4, 60}, {5, 90}}), read({{1, 7}, {5, 60}, {7, 90}})), (Found{-1, 1, 2}));
}

TEST(Match, ANumberNeverStandsAgainstTheDuration) {
  EXPECT_EQ(matched(numbered({{1, 500}, {5, 60}}), read({{1, 1300}, {5, 60}})), (Found{-1, 1}));
  EXPECT_EQ(matched(numbered({{1, 0}, {2, 0}}), read({{1, 1300}, {2, 60}})), (Found{-1, -1}));  // nothing shows it
}

TEST(Match, WhatWasReadIsNotMatchedByItsDuration) {
  std::vector<Track> stored = numbered({{1, 500}});
  stored[0].scanned.reference = "dvd:9";
  EXPECT_EQ(matched(stored, read({{1, 500}})), (Found{-1}));
}

}  // namespace
}  // namespace amphi::testing
