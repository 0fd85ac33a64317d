#include "disc/identifiers.hpp"

#include <gtest/gtest.h>

#include "base/digest.hpp"

namespace amphi {
namespace {

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

}  // namespace
}  // namespace amphi
