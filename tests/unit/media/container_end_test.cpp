#include "media/container_end.hpp"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "reader/fault.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

const std::string kHead = "\x1a\x45\xdf\xa3\x84\x42\x82\x81m";  // EBML, four bytes in it
const std::string kSegment = "\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff";
const std::string kInfo = std::string("\x15\x49\xa9\x66\x83", 5) + "abc";
const std::string kCluster = std::string("\x1f\x43\xb6\x75\x8a\xe7\x81\x00\xa3\x85\x81\x00\x00\x80x", 15);

class ContainerEnd : public ::testing::Test {
 protected:
  MediaFile file(const std::string& bytes) const { return MediaFile(scratch_.write("file", bytes)); }

 private:
  test::Scratch scratch_;
};

std::string le32(std::uint32_t value) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
  return out;
}

std::string be32(std::uint32_t value) {
  const auto turned = le32(value);
  return {turned.rbegin(), turned.rend()};
}

// No cut of it is finished; itself and with something behind it, it is.
class Whole : public ContainerEnd {
 protected:
  void expect_told(const std::string& whole) const {
    EXPECT_TRUE(is_finished(file(whole)));
    EXPECT_TRUE(is_finished(file(whole + std::string(9, '\0')))) << "with something behind it";
    for (std::size_t size = 12; size < whole.size(); ++size)
      EXPECT_FALSE(is_finished(file(whole.substr(0, size)))) << size;
  }
};

TEST_F(Whole, MatroskaWhoseSegmentEndsWithinTheFile) {
  const auto children = kInfo + kCluster + kCluster;
  const auto sized = std::string("\x18\x53\x80\x67\x01\0\0\0\0\0\0", 11) + static_cast<char>(children.size());
  const auto whole = kHead + sized + children;
  expect_told(whole);
  for (std::size_t size = 4; size < 12; ++size) EXPECT_FALSE(is_finished(file(whole.substr(0, size)))) << size;
  EXPECT_FALSE(is_finished(file(kHead + kSegment + children))) << "a size that was never written";
  EXPECT_TRUE(is_matroska(file(whole)));
  EXPECT_FALSE(is_matroska(file("not at all")));
}

TEST_F(Whole, RiffWithItsChunks) {
  expect_told("RIFF" + le32(20) + "WAVE" + "data" + le32(8) + "12345678");
  const std::string first = "RIFF" + le32(16) + "AVI " + "movi" + le32(4) + "1234";
  EXPECT_TRUE(is_finished(file(first + first)));
  EXPECT_FALSE(is_finished(file(first + first.substr(0, 20)))) << "the second of an OpenDML file";
  for (const auto never : {0U, 0xffffffffU}) EXPECT_TRUE(is_finished(file("RIFF" + le32(never) + "WAVEdata")));
}

TEST_F(Whole, Rf64AndW64) {
  const std::string ds64 = "ds64" + le32(28) + le32(44) + le32(0) + std::string(20, '\0');
  const auto whole = "RF64" + le32(0xffffffff) + "WAVE" + ds64 + "data";
  ASSERT_EQ(whole.size(), 52U);
  expect_told(whole);
  const std::string guid = "riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1" + std::string(2, '\0');
  expect_told(guid + le32(40) + le32(0) + std::string(16, 'w'));
}

TEST_F(Whole, AiffAndMp4) {
  expect_told("FORM" + be32(12) + "AIFF12345678");
  const auto type = be32(16) + "ftypisom" + be32(0);
  const auto media = be32(12) + "mdat1234";
  EXPECT_TRUE(is_finished(file(type + media)));
  for (std::size_t size = 17; size < 28; ++size)
    EXPECT_FALSE(is_finished(file((type + media).substr(0, size)))) << size;
  const auto large = be32(1) + "mdat" + be32(0) + be32(20) + "1234";
  EXPECT_TRUE(is_finished(file(type + large)));
  for (std::size_t size = 17; size < 36; ++size)
    EXPECT_FALSE(is_finished(file((type + large).substr(0, size)))) << size;
  EXPECT_TRUE(is_finished(file(type + be32(0) + "mdat to the end of the file")));
  EXPECT_TRUE(is_finished(file(type + media + "\x7f\x01\x02\x03\x04\x05\x06\x07"))) << "padding that is no box";
  EXPECT_FALSE(is_finished(file((be32(8) + "wide" + media).substr(0, 19)))) << "QuickTime";
}

TEST_F(Whole, WhereNoSizeIsClaimedNothingIsMissing) {
  EXPECT_TRUE(is_finished(file("fLaC and more")));
  EXPECT_TRUE(is_finished(file("not at all")));
}

TEST_F(ContainerEnd, AnEmptyFileIsNoMedium) {
  EXPECT_THROW(file(""), WorkerFault);
  EXPECT_THROW(MediaFile("/"), WorkerFault);
}

}  // namespace
}  // namespace amphi
