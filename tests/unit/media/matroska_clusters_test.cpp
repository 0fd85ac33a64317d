#include "media/matroska_clusters.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "reader/fault.hpp"

namespace amphi {
namespace {

const std::string kHead = "\x1a\x45\xdf\xa3\x84\x42\x82\x81m";  // EBML, four bytes in it
const std::string kSegment = "\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff";
const std::string kInfo = std::string("\x15\x49\xa9\x66\x83", 5) + "abc";
const std::string kCluster = std::string("\x1f\x43\xb6\x75\x8a\xe7\x81\x00\xa3\x85\x81\x00\x00\x80x", 15);

class Clusters : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "amphi-unit-XXXXXX").string();
    const int fd = ::mkstemp(pattern.data());
    ASSERT_GE(fd, 0);
    ::close(fd);
    path_ = pattern;
  }
  void TearDown() override { std::filesystem::remove(path_); }

  MediaFile file(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary) << bytes;
    return MediaFile(path_);
  }
  std::string path_;
};

TEST_F(Clusters, FirstIsFoundBehindTheHeader) {
  const auto whole = file(kHead + kSegment + kInfo + kCluster + kCluster);
  EXPECT_TRUE(is_matroska(whole));
  EXPECT_EQ(find_first_cluster(whole), static_cast<std::int64_t>(kHead.size() + kSegment.size() + kInfo.size()));
}

TEST_F(Clusters, NoTruncationOfTheHeaderHasOne) {
  const auto header = kHead + kSegment + kInfo;
  for (std::size_t size = 1; size <= header.size() + 3; ++size) {
    EXPECT_FALSE(find_first_cluster(file((header + kCluster).substr(0, size)))) << size;
  }
  EXPECT_FALSE(is_matroska(file("not at all")));
}

TEST_F(Clusters, FoundFromAnywhereOnButNotInPictures) {
  const std::string picture = "\x1f\x43\xb6\x75 and more of a picture";
  for (const std::size_t junk : {std::size_t{0}, std::size_t{1}, std::size_t{(1 << 20) - 2}, std::size_t{3 << 20}}) {
    const auto bytes = std::string(junk, 'j') + picture + kCluster + std::string(100, '\0');
    const auto found = find_cluster(file(bytes), {0, static_cast<std::int64_t>(bytes.size())});
    EXPECT_EQ(found, static_cast<std::int64_t>(junk + picture.size())) << junk;
  }
  EXPECT_FALSE(find_cluster(file(picture), {0, 25}));
  EXPECT_FALSE(find_cluster(file(kCluster), {1, 15}));
}

TEST_F(Clusters, FinishedIsWhoseSegmentEndsWithinTheFile) {
  const auto children = kInfo + kCluster + kCluster;
  const auto sized = std::string("\x18\x53\x80\x67\x01\0\0\0\0\0\0", 11) + static_cast<char>(children.size());
  const auto whole = kHead + sized + children;
  EXPECT_TRUE(is_finished_matroska(file(whole)));
  EXPECT_TRUE(is_finished_matroska(file(whole + "what came later")));
  for (std::size_t size = 1; size < whole.size(); ++size)
    EXPECT_FALSE(is_finished_matroska(file(whole.substr(0, size)))) << size;
  EXPECT_FALSE(is_finished_matroska(file(kHead + kSegment + children))) << "a size that was never written";
  EXPECT_FALSE(is_finished_matroska(file("not at all")));
}

TEST_F(Clusters, AnEmptyFileIsNoMedium) {
  EXPECT_THROW(file(""), WorkerFault);
  EXPECT_THROW(MediaFile("/"), WorkerFault);
}

}  // namespace
}  // namespace amphi
