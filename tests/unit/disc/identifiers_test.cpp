#include "disc/identifiers.hpp"

#include <gtest/gtest.h>

#include "base/digest.hpp"

namespace amphi {
namespace {

using namespace std::string_literals;

TEST(Fingerprint, IsSha256OverNameSizeAndBytesSortedByUpperCaseName) {
  const std::string text = std::string(
                               "VIDEO_TS.IFO\0"
                               "3\0"
                               "abc",
                               18) +
                           std::string(
                               "VTS_01_0.IFO\0"
                               "2\0"
                               "de",
                               17);
  EXPECT_EQ(make_fingerprint("dvd", {{"vts_01_0.ifo", "de"}, {"VIDEO_TS.IFO", "abc"}}), "dvd-" + sha256_hex(text));
}

TEST(Fingerprint, TellsWhereAFileEnds) {
  EXPECT_NE(make_fingerprint("dvd", {{"A", "xy"}, {"B", ""}}), make_fingerprint("dvd", {{"A", "x"}, {"B", "y"}}));
}

TEST(ContentHash, IsMd5OverSizesAsLittleEndianInNameOrder) {
  // printf '\x02\x01\0\0\0\0\0\0\x01\0\0\0\0\0\0\0' | md5sum
  EXPECT_EQ(make_content_hash({{"B.VOB", 1}, {"A.IFO", 258}}), "332F56002A3EC28FFDC65D0A70FEB240");
}

TEST(DvdDiscId, TakesWholeSectorsOfTheFirstTenIfos) {
  const std::string sector(2048, 'a');
  const auto id = make_dvd_disc_id({{"VIDEO_TS.IFO", sector}, {"VTS_01_0.IFO", sector}});
  EXPECT_EQ(id, make_dvd_disc_id({{"VTS_01_0.IFO", sector + "tail"}, {"VIDEO_TS.IFO", sector}}));
  EXPECT_EQ(id, make_dvd_disc_id({{"VIDEO_TS.IFO", sector}, {"VTS_01_0.IFO", sector}, {"VTS_10_0.IFO", sector}}));
  EXPECT_NE(id, make_dvd_disc_id({{"VIDEO_TS.IFO", sector}}));
}

TEST(Amphigory, IsSha256OverTypeLabelAndFilesInNameOrderWithoutSeparators) {
  EXPECT_EQ(make_amphigory_fingerprint("dvd", "LABEL", {{"B.IFO", "y"}, {"A.IFO", "xx"}}),
            sha256_hex("type:dvdvolume:LABELfile:A.IFOxxfile:B.IFOy"));
  EXPECT_EQ(make_amphigory_fingerprint("bluray", "", {{"00800.mpls", "z"}}), sha256_hex("type:blurayfile:00800.mplsz"));
}

TEST(Dvdid, IsTheCrcOfWindows) {
  EXPECT_EQ(crc64_of_windows("123456789"), 0x75d4b74f024eceeaULL);
}

TEST(Dvdid, TakesDatesSizesNamesAndTheBeginningOfTwoIfos) {
  // Computed bit by bit by another program.
  EXPECT_EQ(make_dvdid({{"VTS_01_0.IFO", 6144, 1700000000}, {"VIDEO_TS.IFO", 4096, 1700000001}},
                       std::string(70'000, 'a'), std::string(100, 'b')),
            "ce0e6cfabf3b173f");
}

TEST(AacsDiscId, IsSha1InUpperCase) {
  // printf 'unit keys' | sha1sum
  EXPECT_EQ(make_aacs_disc_id("unit keys"), "6BCE302233B757605CAFEF91C020BAC7FA3B3DE8");
}

TEST(Matrix256, SortsComposedNamesByTheirBytes) {
  // "Be" + combining acute becomes "B" + U+00E9, which sorts behind "B".
  EXPECT_EQ(make_matrix256({{"Be\u0301", 1}, {"B", 2}, {"A/b", 10}}), sha256_hex("A/b\0"
                                                                                 "10\nB\0"
                                                                                 "2\nB\u00e9\0"
                                                                                 "1\n"s));
}

}  // namespace
}  // namespace amphi
