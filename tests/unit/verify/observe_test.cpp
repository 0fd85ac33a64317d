#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amphi/verify.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;
using Presence = Observation::Presence;
constexpr Timestamp kNow{123};

class Observe : public testing::Test {
 protected:
  void SetUp() override { std::ofstream(folder_ / "file") << "12345"; }

  Observation look(const fs::path& name) const { return observe((folder_ / name).string(), kNow); }

  test::Scratch scratch_;
  fs::path folder_ = scratch_.path();
};

TEST_F(Observe, AFile) {
  const timespec times[2] = {{1, 0}, {1'700'000'000, 123'456'789}};
  ASSERT_EQ(::utimensat(AT_FDCWD, (folder_ / "file").c_str(), times, 0), 0);
  const auto seen = look("file");
  EXPECT_EQ(seen.presence, Presence::kThere);
  EXPECT_EQ(seen.size_bytes, 5);
  EXPECT_EQ(seen.mtime_ns, 1'700'000'000'123'456'789);
  EXPECT_NE(seen.inode, 0U);
  EXPECT_EQ(seen.trouble, "");
  EXPECT_EQ(seen.checked_at, kNow);
}

TEST_F(Observe, AbsenceIsOnlyWhatProvesIt) {
  EXPECT_EQ(look("nothing").presence, Presence::kAbsent);
  EXPECT_EQ(look("nothing/below").presence, Presence::kAbsent);
  EXPECT_EQ(look("file/below").presence, Presence::kAbsent);
  EXPECT_EQ(look("nothing").checked_at, kNow);
}

TEST_F(Observe, EveryOtherFailureLeavesItOpen) {
  fs::create_directory_symlink("loop", folder_ / "loop");
  const auto loop = look("loop/file");
  EXPECT_EQ(loop.presence, Presence::kUnreadable);
  EXPECT_EQ(loop.trouble, "Too many levels of symbolic links");
  EXPECT_EQ(loop.checked_at, kNow);
  EXPECT_EQ(look(std::string(300, 'x')).presence, Presence::kUnreadable);
  EXPECT_EQ(observe("", kNow).presence, Presence::kUnreadable);
  EXPECT_EQ(observe((folder_ / "file").string() + std::string(1, '\0') + "x", kNow).presence, Presence::kUnreadable);
}

TEST_F(Observe, AFinalSymlinkIsNotFollowed) {
  fs::create_symlink("file", folder_ / "link");
  const auto seen = look("link");
  EXPECT_EQ(seen.presence, Presence::kUnreadable);
  EXPECT_EQ(seen.trouble, "is a symbolic link, not a regular file");
  fs::create_symlink("nowhere", folder_ / "dangling");
  EXPECT_EQ(look("dangling").presence, Presence::kUnreadable);
  fs::create_directory_symlink(folder_, folder_ / "way");
  EXPECT_EQ(look("way/file").presence, Presence::kThere) << "the way there may lead through one";
}

TEST_F(Observe, WhatIsNoRegularFile) {
  fs::create_directory(folder_ / "folder");
  EXPECT_EQ(look("folder").trouble, "is a folder, not a regular file");
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(look("pipe").trouble, "is a pipe, not a regular file");
  EXPECT_EQ(observe("/dev/null", kNow).trouble, "is a device, not a regular file");
  EXPECT_EQ(observe("/dev/null", kNow).presence, Presence::kUnreadable);
}

}  // namespace
}  // namespace amphi
