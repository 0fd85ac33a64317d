#include "media/subpicture.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "reader/palette.hpp"

namespace amphi {
namespace {

using Unit = std::vector<std::uint8_t>;

// Size, offset of the first control sequence, then: at 0 colours, contrast, area, offsets, start; at 439 stop.
const Unit kUnit{0,    44,   0,    4,                                                           //
                 0,    0,    0,    29,                                                          //
                 0x03, 0x32, 0x10, 0x04, 0xff, 0xf0, 0x05, 0, 0, 0, 0, 0, 0, 0x06, 0, 0, 0, 0,  //
                 0x01, 0xff, 0xff,                                                              //
                 0x01, 0xb7, 0,    29,   0x02, 0xff};

TEST(Subpicture, StandsUntilItsStopCommand) {
  EXPECT_EQ(subpicture_duration(kUnit), 439 * 1024);
}

TEST(Subpicture, WithoutAStopItHasNoDuration) {
  auto unit = kUnit;
  unit[33] = 0xff;
  EXPECT_FALSE(subpicture_duration(unit));
}

TEST(Subpicture, ASequenceThatPointsBackIsDamage) {
  auto unit = kUnit;
  unit[33] = 0xff;
  unit[32] = 4;
  EXPECT_FALSE(subpicture_duration(unit));
}

TEST(Subpicture, FollowsAChangeOfColours) {
  auto unit = kUnit;
  unit[8] = 0x07;
  unit[9] = 0;
  unit[10] = 18;  // over the rest of the sequence
  EXPECT_EQ(subpicture_duration(unit), 439 * 1024);
}

TEST(Subpicture, NoTruncationShowsAStop) {
  for (std::size_t size = 0; size + 1 < kUnit.size(); ++size) {
    EXPECT_FALSE(subpicture_duration(Bytes(kUnit).first(size))) << size;
  }
}

TEST(Palette, GivesTheColoursOfBt601) {
  EXPECT_EQ(rgb_of(0x108080), 0x000000U);
  EXPECT_EQ(rgb_of(0xeb8080), 0xffffffU);
  EXPECT_EQ(rgb_of(0x51f05a), 0xfe0000U);
  EXPECT_EQ(rgb_of(0xffffff) >> 16, 0xffU);
}

TEST(Palette, WritesVobSubsHeader) {
  Palette palette{};
  palette.fill(0x108080);
  palette[1] = 0xeb8080;
  const auto text = vobsub_header(720, 576, palette);
  EXPECT_EQ(text.substr(0, 43), "size: 720x576\npalette: 000000, ffffff, 0000");
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(std::count(text.begin(), text.end(), ','), 15);
}

}  // namespace
}  // namespace amphi
