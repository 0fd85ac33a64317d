// What lies on a disc, from an image and from folders.
#include "disc/disc_files.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::Scratch;

std::vector<std::string> names(const DiscFiles& files) {
  std::vector<std::string> all;
  for (const auto& file : files.all()) all.push_back(fmt::format("{} {}", file.path, file.size_bytes));
  return all;
}

DiscFiles open_image(const std::string& path) {
  return DiscFiles::open({SourceKind::kImage, path});
}
DiscFiles open_folder(const std::string& path) {
  return DiscFiles::open({SourceKind::kFolder, path});
}

TEST(DiscFiles, AreTheSameInImageAndFolder) {
  for (const auto& [disc, folder] : {std::pair(test::pal(), "/dvd"), std::pair(test::bluray(), "/bd")}) {
    const auto image = open_image(disc + "/disc.iso"), copy = open_folder(disc + folder);
    EXPECT_EQ(names(image), names(copy));
    EXPECT_TRUE(image.is_whole());
    EXPECT_TRUE(copy.is_whole());
    ASSERT_FALSE(image.all().empty());
    for (const auto& file : image.all()) {
      if (file.size_bytes < 1 << 20) {
        EXPECT_EQ(image.read(file), copy.read(file)) << file.path;
      }
      const auto middle = file.size_bytes / 2;
      EXPECT_EQ(image.read_at(file, middle, 5000), copy.read_at(file, middle, 5000)) << file.path;
    }
  }
  EXPECT_EQ(open_image(test::bluray() + "/disc.iso").volume_label(), "AMPHI_TEST_BD");
  EXPECT_EQ(open_folder(test::bluray() + "/bd").volume_label(), "");
}

TEST(DiscFiles, AreFoundWithoutRegardToCase) {
  const auto files = open_folder(test::bluray() + "/bd");
  ASSERT_NE(files.find("bdmv/INDEX.bdmv"), nullptr);
  EXPECT_EQ(files.find("bdmv/INDEX.bdmv")->path, "BDMV/index.bdmv");
  EXPECT_EQ(files.find("BDMV"), nullptr);
  EXPECT_EQ(files.in("bdmv/playlist", ".mpls").size(), 4U);
  EXPECT_TRUE(files.in("BDMV", ".mpls").empty());
}

TEST(DiscFiles, OfAFolderWithinTheDiscHaveTheDiscsNames) {
  const auto files = open_folder(test::bluray() + "/bd/BDMV");
  EXPECT_NE(files.find("BDMV/index.bdmv"), nullptr);
  EXPECT_FALSE(files.is_whole());
  EXPECT_EQ(files.read(*files.find("BDMV/index.bdmv")), test::read_file(test::bluray() + "/bd/BDMV/index.bdmv"));
}

TEST(DiscFiles, NeverFollowSymbolicLinks) {
  const Scratch scratch;
  scratch.write("outside/secret", "x");
  scratch.write("disc/BDMV/index.bdmv", "y");
  test::fs::create_symlink("../outside", scratch / "disc/BDMV2");
  test::fs::create_symlink("../../outside/secret", scratch / "disc/BDMV/link");
  const auto files = open_folder(scratch.path("disc"));
  EXPECT_EQ(names(files), std::vector<std::string>{"BDMV/index.bdmv 1"});
  EXPECT_FALSE(files.is_whole());
}

TEST(DiscFiles, EndWhereFoldersAreTooDeep) {
  const Scratch scratch;
  std::string deep = "disc";
  for (int i = 0; i < 40; ++i) deep += "/d";
  scratch.write(deep + "/file", "x");
  const auto files = open_folder(scratch.path("disc"));
  EXPECT_TRUE(files.all().empty());
  EXPECT_FALSE(files.is_whole());
}

TEST(DiscFiles, ThatShrankOrClaimTooMuchAreErrors) {
  const Scratch scratch;
  scratch.write("disc/a", "12345");
  const auto files = open_folder(scratch.path("disc"));
  EXPECT_THROW(files.read(files.all()[0], 4), Error);
  scratch.write("disc/a", "123");
  EXPECT_THROW(files.read(files.all()[0]), Error);
  EXPECT_EQ(files.read_at(files.all()[0], 1, 100), "23");
  EXPECT_EQ(files.read_at(files.all()[0], 7, 100), "");
}

TEST(DiscFiles, NeedAFileSystem) {
  const Scratch scratch;
  EXPECT_THROW(open_image(scratch.write("noise.iso", std::string(100'000, 'x'))), Error);
  EXPECT_THROW(open_image(scratch.path("absent.iso")), Error);
  EXPECT_THROW(open_folder(scratch.path("absent")), Error);
}

}  // namespace
}  // namespace amphi
