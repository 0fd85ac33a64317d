#include "episodes/alignment.hpp"

#include <string>

#include <gtest/gtest.h>

namespace amphi::test {
namespace {

std::vector<ListedLength> listed(const std::vector<double>& seconds) {
  std::vector<ListedLength> list;
  for (const auto length : seconds) list.push_back({length, false, true});
  return list;
}

// "0 1-2 -": the runtimes that each track holds, "?" behind those that leave a doubt.
std::string told_of(const Alignment& alignment) {
  std::string text;
  for (std::size_t i = 0; i < alignment.places.size(); ++i) {
    const auto& place = alignment.places[i];
    text += i == 0 ? "" : " ";
    text += place ? std::to_string(place->runtime) : "-";
    if (place && place->count > 1) text += "-" + std::to_string(place->runtime + place->count - 1);
    if (alignment.unsure[i]) text += "?";
  }
  return text;
}

std::string aligned(const std::vector<double>& tracks, const std::vector<double>& list) {
  return told_of(align(tracks, listed(list)));
}

TEST(Alignment, InOrder) {
  EXPECT_EQ(aligned({2700, 2500, 2600}, {2702, 2499, 2601}), "0 1 2");
  EXPECT_EQ(aligned({1320, 1321, 1322}, {1320, 1320, 1320}), "0 1 2") << "as many tracks as runtimes leave no doubt";
}

TEST(Alignment, WhatIsMissingOnOneSideIsLeftOut) {
  EXPECT_EQ(aligned({2700, 2900}, {2700, 2500, 2900}), "0 2") << "a runtime without a track";
  EXPECT_EQ(aligned({2700, 600, 2900}, {2700, 2900}), "0 - 1") << "a track without a runtime";
  EXPECT_EQ(aligned({600}, {2700}), "-");
  EXPECT_EQ(aligned({}, {2700}), "");
}

TEST(Alignment, ADoubledTrackTakesTwo) {
  EXPECT_EQ(aligned({5400, 2600}, {2720, 2700, 2610}), "0-1 2");
  EXPECT_EQ(aligned({2600, 5400}, {2610, 2720, 2700}), "0 1-2");
  auto list = listed({2720, 2700, 2610});
  list[0].joins_next = false;
  EXPECT_EQ(told_of(align({5400, 2600}, list)), "- 2") << "numbers that do not follow each other";
}

TEST(Alignment, LengthsThatAreTooAlikeAreDoubtful) {
  EXPECT_EQ(aligned({1320, 1322}, {1321, 1320, 1322}), "0? 1?");
  EXPECT_EQ(aligned({1320, 1500}, {1321, 1320, 1500}), "1? 2");
}

TEST(Alignment, AnotherOrderOnlyWhereLengthsTellEachApart) {
  const auto found = align({2500, 2700, 2600}, listed({2700, 2600, 2500}));
  EXPECT_TRUE(found.reordered);
  EXPECT_EQ(told_of(found), "2 0 1");
  const auto alike = align({1321, 1320}, listed({1320, 1321}));
  EXPECT_FALSE(alike.reordered);
  EXPECT_EQ(told_of(alike), "0 1");
  const auto close = align({1330, 1320}, listed({1320, 1330}));
  EXPECT_FALSE(close.reordered) << "10 s may be another logo";
  auto rounded = listed({2700, 2520});
  for (auto& length : rounded) length.rounded = true;
  EXPECT_FALSE(align({2520, 2700}, rounded).reordered) << "minutes name no length exactly";
}

TEST(Alignment, AnotherOrderOfSomeIsADoubt) {
  const auto found = align({1345, 1320, 1400, 1400}, listed({1320, 1345, 1400, 1405}));
  EXPECT_FALSE(found.reordered);
  EXPECT_EQ(told_of(found), "0? 1? 2 3");
}

TEST(Alignment, PalDiscsPlayFaster) {
  const auto found = align({2700 * 0.96, 2500 * 0.96, 2600 * 0.96}, listed({2700, 2500, 2600}));
  EXPECT_TRUE(found.faster);
  EXPECT_EQ(told_of(found), "0 1 2");
  EXPECT_FALSE(align({2700, 2500, 2600}, listed({2700, 2500, 2600})).faster);
}

TEST(Alignment, RuntimesInMinutesAreTakenAsSuch) {
  auto list = listed({2700, 2400});
  EXPECT_EQ(told_of(align({2800, 2500}, list)), "- -");
  for (auto& length : list) length.rounded = true;
  EXPECT_EQ(told_of(align({2800, 2500}, list)), "0 1");
}

}  // namespace
}  // namespace amphi::test
