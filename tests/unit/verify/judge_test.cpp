#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "amphi/verify.hpp"

namespace amphi {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Expectation expecting(double seconds) {
  Expectation expected;
  expected.duration_seconds = seconds;
  return expected;
}

MediaFacts film(double seconds) {
  MediaFacts found;
  found.duration_seconds = seconds;
  found.video_streams = 1;
  found.audio_streams = 2;
  found.subtitle_streams = 3;
  found.chapters = 4;
  return found;
}

bool passes(double expected, double found) {
  return judge(expecting(expected), film(found), 1).ok;
}

TEST(Judge, TwoSecondsOfShortFilms) {
  EXPECT_TRUE(passes(90, 90));
  EXPECT_TRUE(passes(90, 120));
  EXPECT_TRUE(passes(90, 88));
  EXPECT_FALSE(passes(90, std::nextafter(88.0, 0.0)));
  EXPECT_FALSE(passes(90, 87));
  EXPECT_FALSE(passes(90, 62));
  EXPECT_TRUE(passes(1000, 998));
  EXPECT_FALSE(passes(1000, 997.999));
}

TEST(Judge, TwoPerMilleOfLongFilms) {
  EXPECT_TRUE(passes(5000, 4990));
  EXPECT_FALSE(passes(5000, std::nextafter(4990.0, 0.0)));
  EXPECT_TRUE(passes(7200, 7185.7));
  EXPECT_FALSE(passes(7200, 7185.5));
  EXPECT_TRUE(passes(1001, 998.999));
}

TEST(Judge, ATenthOfAShortOneThatWasMeasured) {
  const auto passes_measured = [](double seconds, double found) {
    auto expected = expecting(seconds);
    expected.measured = true;
    return judge(expected, film(found), 1).ok;
  };
  EXPECT_FALSE(passes_measured(6.02, 5.06));
  EXPECT_TRUE(passes(6.02, 5.06)) << "a disc's own figure is no better than that";
  EXPECT_TRUE(passes_measured(10, 9));
  EXPECT_FALSE(passes_measured(10, std::nextafter(9.0, 0.0)));
  EXPECT_TRUE(passes_measured(1, 0.5)) << "an encoder may drop some pictures";
  EXPECT_FALSE(passes_measured(1, 0.49));
  EXPECT_TRUE(passes_measured(90, 88)) << "as of every other";
  EXPECT_FALSE(passes_measured(90, 87.9));
  EXPECT_TRUE(passes_measured(5000, 4990));
  EXPECT_FALSE(passes_measured(5000, 4989));
}

TEST(Judge, MusicToTheSample) {
  Expectation expected;
  expected.duration_seconds = 8;
  expected.exact = true;
  expected.video_streams = 0;
  MediaFacts found;
  found.audio_streams = 1;
  for (const auto samples : {352'799, 352'801, 0}) {
    found.duration_seconds = samples / 44'100.0;
    EXPECT_FALSE(judge(expected, found, 1000).ok) << samples;
  }
  found.duration_seconds = 352'800 / 44'100.0;
  EXPECT_TRUE(judge(expected, found, 1000).ok);
}

TEST(Judge, VeryShortTracksStillNeedAPacket) {
  EXPECT_TRUE(passes(1, 0.04));
  EXPECT_FALSE(passes(1, 0));
  EXPECT_FALSE(passes(0, 0));
  EXPECT_TRUE(passes(0, 1));
  EXPECT_FALSE(passes(1, -1));
}

TEST(Judge, NumbersThatAreNone) {
  EXPECT_FALSE(passes(90, kNan));
  EXPECT_FALSE(passes(90, kInfinity));
  EXPECT_FALSE(passes(kNan, 90));
  EXPECT_FALSE(passes(kInfinity, 90));
}

TEST(Judge, SaysWhy) {
  EXPECT_EQ(judge(expecting(90), film(62), 1).why, "cut short: the last packets end at 62.0 s, 90.0 s expected");
  EXPECT_EQ(judge(expecting(90), film(0), 1).why, "no packet with a time was found");
  EXPECT_EQ(judge(expecting(90), film(90), 0).why, "the file is empty");
  EXPECT_EQ(judge(expecting(90), film(90), 1, 5).why, "5 sectors of the disc were not read");
  EXPECT_EQ(judge(expecting(90), film(90), 1).why, "");
}

TEST(Judge, SizeAtTheBoundary) {
  EXPECT_FALSE(judge(expecting(90), film(90), 0).ok);
  EXPECT_FALSE(judge(expecting(90), film(90), -1).ok);
  EXPECT_TRUE(judge(expecting(90), film(90), 1).ok);
}

TEST(Judge, UnreadSectorsAtTheBoundary) {
  EXPECT_TRUE(judge(expecting(90), film(90), 1, 0).ok);
  EXPECT_FALSE(judge(expecting(90), film(90), 1, 1).ok);
}

struct Count {
  int Expectation::*expected;
  int MediaFacts::*found;
  int there;
  std::string what;
};

TEST(Judge, CountsAreExactOrNotAsked) {
  const std::vector<Count> counts{
      {&Expectation::video_streams, &MediaFacts::video_streams, 1, "video streams"},
      {&Expectation::audio_streams, &MediaFacts::audio_streams, 2, "audio streams"},
      {&Expectation::subtitle_streams, &MediaFacts::subtitle_streams, 3, "subtitle streams"},
      {&Expectation::chapters, &MediaFacts::chapters, 4, "chapters"},
  };
  for (const auto& count : counts)
    for (int expected = -1; expected <= 5; ++expected) {
      auto asked = expecting(90);
      asked.*count.expected = expected;
      const auto answer = judge(asked, film(90), 1);
      EXPECT_EQ(answer.ok, expected == -1 || expected == count.there) << count.what << " " << expected;
      if (!answer.ok) {
        EXPECT_EQ(answer.why, "has " + std::to_string(count.there) + " " + count.what + ", " +
                                  std::to_string(expected) + " expected");
      }
    }
}

}  // namespace
}  // namespace amphi
