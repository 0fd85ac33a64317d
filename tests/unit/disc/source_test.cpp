#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "amphi/source.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::Scratch;

// The kind of Error that `action` throws; its message and hint must be one line each, and the message name the file.
template <class Action>
ErrorKind error_of(Action action, const std::string& named = "") {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.message().find('\n'), std::string::npos) << error.message();
    EXPECT_EQ(error.hint().find('\n'), std::string::npos) << error.hint();
    EXPECT_FALSE(error.hint().empty()) << error.message();
    EXPECT_NE(error.message().find(named), std::string::npos) << error.message();
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::kUnexpected;
}

TEST(Source, ImageFolderAndLogAreTold) {
  Scratch scratch;
  EXPECT_EQ(make_source(test::pal() + "/disc.iso").kind, SourceKind::kImage);
  EXPECT_EQ(make_source(test::pal() + "/dvd").kind, SourceKind::kFolder);
  EXPECT_EQ(make_source(test::pal() + "/dvd/VIDEO_TS").kind, SourceKind::kFolder);
  test::write_file(scratch / "log", "\xef\xbb\xbfMSG:1005,0,1,\"MakeMKV\",\"%1\",\"x\"\r\nTCOUNT:0\r\n");
  EXPECT_EQ(make_source(scratch / "log").kind, SourceKind::kLog);
}

TEST(Source, PathBecomesAbsoluteWithoutASlashAtItsEnd) {
  const auto source = make_source(test::pal() + "/./dvd/");
  EXPECT_TRUE(source.path.starts_with('/'));
  EXPECT_TRUE(source.path.ends_with("/dvd")) << source.path;
}

TEST(Source, FolderIsFoundWithoutCase) {
  Scratch scratch;
  test::fs::create_directories(scratch / "disc/video_ts");
  EXPECT_EQ(make_source(scratch / "disc").kind, SourceKind::kFolder);
  test::fs::create_directories(scratch / "bluray/bdmv");
  EXPECT_EQ(make_source(scratch / "bluray").kind, SourceKind::kFolder);
  EXPECT_EQ(error_of([&] { read_disc(make_source(scratch / "bluray")); }, "bluray"), ErrorKind::kUsage);
}

TEST(Source, WhatIsNoSourceSaysSo) {
  Scratch scratch;
  test::write_file(scratch / "empty.iso", "");
  test::write_file(scratch / "letter.txt", "Dear reader: this is no disc\n");
  test::write_file(scratch / "cut.iso", test::read_file(test::pal() + "/disc.iso").substr(0, 30000));
  test::fs::create_directories(scratch / "nothing");
  for (const auto* name : {"empty.iso", "letter.txt", "cut.iso", "nothing"}) {
    EXPECT_EQ(error_of([&] { make_source(scratch / name); }, name), ErrorKind::kUsage) << name;
  }
  EXPECT_EQ(error_of([&] { make_source(scratch / "absent.iso"); }, "absent.iso"), ErrorKind::kUnavailable);
  EXPECT_EQ(error_of([&] { make_source("/dev/null"); }, "/dev/null"), ErrorKind::kUsage);
  EXPECT_EQ(error_of([&] { make_source(""); }), ErrorKind::kUsage);
}

TEST(Source, ImageCutShortIsNotReadAsADisc) {
  Scratch scratch;
  const auto whole = test::read_file(test::pal() + "/disc.iso");
  for (const auto size : {std::size_t{40'000}, std::size_t{600'000}, whole.size() / 2, whole.size() - 700'000}) {
    test::write_file(scratch / "cut.iso", whole.substr(0, size));
    const auto source = make_source(scratch / "cut.iso");
    const auto kind = error_of([&] { read_disc(source); });
    EXPECT_TRUE(kind == ErrorKind::kUnavailable || kind == ErrorKind::kUsage) << size;
  }
}

TEST(Source, IdentityOfAnImageCutShortStandsWithAWarning) {
  Scratch scratch;
  const auto whole = test::read_file(test::pal() + "/disc.iso");
  test::write_file(scratch / "cut.iso", whole.substr(0, whole.size() - 1'000'000));
  const auto disc = read_identity(make_source(scratch / "cut.iso"));
  EXPECT_EQ(disc.fingerprint, read_identity(make_source(test::pal() + "/disc.iso")).fingerprint);
  ASSERT_EQ(disc.warnings.size(), 1U);
  EXPECT_NE(disc.warnings[0].find("cut short"), std::string::npos);
}

TEST(Source, FolderWithoutIfosIsNoDvd) {
  Scratch scratch;
  test::fs::create_directories(scratch / "dvd/VIDEO_TS");
  test::write_file(scratch / "dvd/VIDEO_TS/VTS_01_1.VOB", "not empty");
  const auto source = make_source(scratch / "dvd");
  EXPECT_EQ(error_of([&] { read_disc(source); }, "VIDEO_TS.IFO"), ErrorKind::kUsage);
  EXPECT_EQ(error_of([&] { read_identity(source); }, "VIDEO_TS.IFO"), ErrorKind::kUsage);
}

TEST(Source, ImageOfSomethingElseIsNoDvd) {
  Scratch scratch;
  auto image = test::read_file(test::pal() + "/disc.iso");
  const std::string name = "VIDEO_TS";
  // Both name the folder, in ISO 9660 as bytes and in UDF as 8-bit characters.
  for (auto at = image.find(name); at != std::string::npos && at < 2'000'000; at = image.find(name, at)) {
    image.replace(at, name.size(), "PICTURES");
  }
  test::write_file(scratch / "other.iso", image);
  EXPECT_EQ(error_of([&] { read_disc(make_source(scratch / "other.iso")); }, "other.iso"), ErrorKind::kUsage);
}

}  // namespace
}  // namespace amphi
