#include "reader/pack.hpp"

#include <random>

#include <gtest/gtest.h>

#include "discs.hpp"
#include "media/retime.hpp"

namespace amphi::test {
namespace {

constexpr std::int64_t kWrap = std::int64_t{1} << 33;

void put_stamp(Sector& sector, std::size_t at, unsigned prefix, std::int64_t time) {
  const auto value = static_cast<std::uint64_t>(time);
  sector[at] = static_cast<std::uint8_t>(prefix << 4 | (value >> 30 & 7) << 1 | 1);
  sector[at + 1] = static_cast<std::uint8_t>(value >> 22);
  sector[at + 2] = static_cast<std::uint8_t>((value >> 15 & 0x7f) << 1 | 1);
  sector[at + 3] = static_cast<std::uint8_t>(value >> 7);
  sector[at + 4] = static_cast<std::uint8_t>((value & 0x7f) << 1 | 1);
}

Sector stamped(std::int64_t pts, std::int64_t dts) {
  auto sector = pes_pack(0xe0, 0xc0);
  put_stamp(sector, 23, 3, pts);
  put_stamp(sector, 28, 1, dts);
  return sector;
}

TEST(Pack, TellsPacksFromZerosAndNoise) {
  EXPECT_TRUE(is_pack(pack_header()));
  EXPECT_FALSE(is_pack(Sector{}));
}

TEST(Pack, ReadsTheNavPack) {
  const auto nav = parse_nav(nav_pack({1234, 90000, 135000, 77, 78}));
  ASSERT_TRUE(nav);
  EXPECT_EQ(nav->sector, 1234);
  EXPECT_EQ(nav->start, 90000);
  EXPECT_EQ(nav->end, 135000);
  EXPECT_EQ(nav->last_sector, 77);
  EXPECT_EQ(nav->next_vobu, 78);
  EXPECT_FALSE(parse_nav(nav_pack({.sector = 1}))->next_vobu);
}

TEST(Pack, TakesNoOtherPackForANavPack) {
  EXPECT_FALSE(parse_nav(pes_pack(0xe0)));
  for (const std::size_t at : {0U, 14U, 0x26U, 0x2cU, 0x400U, 0x406U}) {
    auto broken = nav_pack({});
    broken[at + (at == 0x2c || at == 0x406 ? 0 : 3)] ^= 0x10;
    EXPECT_FALSE(parse_nav(broken)) << at;
  }
}

TEST(Pack, NamesStreamsAsLibavDoes) {
  const auto id = [](const Sector& sector) { return stream_of(sector, *pes_at(sector, first_pes(sector))); };
  EXPECT_EQ(id(pes_pack(0xe0)), kVideoStream);
  EXPECT_EQ(id(pes_pack(0xc1)), 0x1c1);
  auto private_stream = pes_pack(0xbd);
  private_stream[23] = 0x82;
  EXPECT_EQ(id(private_stream), 0x82);
  EXPECT_FALSE(id(pes_pack(0xbe)));
}

TEST(Pack, KnowsScrambledSectors) {
  auto sector = pes_pack(0xe0);
  EXPECT_FALSE(is_scrambled(sector));
  sector[20] |= 0x10;
  EXPECT_TRUE(is_scrambled(sector));
  EXPECT_FALSE(is_scrambled(nav_pack({})));
}

TEST(Pack, StaysInsideWhateverLengthsClaim) {
  auto sector = pes_pack(0xbd);
  put16(sector, 18, 0xffff);
  const auto pes = pes_at(sector, first_pes(sector));
  ASSERT_TRUE(pes);
  EXPECT_EQ(pes->end, kSectorSize);
  sector[22] = 0xff;
  EXPECT_EQ(pes_payload(sector, *pes).size(), kSectorSize - 23 - 255);
  put16(sector, 18, 4);
  EXPECT_TRUE(pes_payload(sector, *pes_at(sector, 14)).empty());
  EXPECT_FALSE(stream_of(sector, *pes_at(sector, 14)));
}

TEST(Retime, MovesBothStampsAndNothingElse) {
  auto sector = stamped(180000, 176400);
  retime_pack(sector, 90001);
  EXPECT_EQ(sector, stamped(270001, 266401));
  retime_pack(sector, -90001);
  EXPECT_EQ(sector, stamped(180000, 176400));
}

TEST(Retime, WrapsAt33Bits) {
  auto sector = stamped(kWrap - 1, 0);
  retime_pack(sector, 2);
  EXPECT_EQ(sector, stamped(1, 2));
  retime_pack(sector, -2);
  EXPECT_EQ(sector, stamped(kWrap - 1, 0));
}

TEST(Retime, LeavesPacketsWithoutStampsAlone) {
  for (auto sector : {pes_pack(0xe0), pes_pack(0xbe, 0xc0), nav_pack({1, 2, 3}), Sector{}}) {
    const auto before = sector;
    retime_pack(sector, 12345);
    EXPECT_EQ(sector, before);
  }
}

TEST(Retime, LeavesAStampThatReachesBeyondItsPacketAlone) {
  auto sector = stamped(180000, 176400);
  put16(sector, 18, 3 + 5 + 4);  // the DTS lacks a byte
  auto expected = sector;
  put_stamp(expected, 23, 3, 180001);
  retime_pack(sector, 1);
  EXPECT_EQ(sector, expected);
}

// A sanitizer is the judge here.
TEST(Pack, SurvivesNoise) {
  std::mt19937 random(7);
  for (int turn = 0; turn < 20000; ++turn) {
    auto sector = turn % 2 == 0 ? stamped(1, 2) : nav_pack({1, 2, 3});
    for (int i = 0; i < 1 + turn % 40; ++i)
      sector[random() % (turn % 3 == 0 ? kSectorSize : 64)] = static_cast<std::uint8_t>(random());
    put32(sector, 0, 0x000001ba);
    std::size_t bytes = 0;
    for_each_pes(sector, [&](const Pes& pes) {
      bytes += pes_payload(sector, pes).size();
      stream_of(sector, pes);
    });
    EXPECT_LE(bytes, kSectorSize);
    parse_nav(sector);
    is_scrambled(sector);
    retime_pack(sector, static_cast<std::int64_t>(random()));
  }
}

}  // namespace
}  // namespace amphi::test
