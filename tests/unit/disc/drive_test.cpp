#include "amphi/drive.hpp"

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "disc/drive_state.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::Scratch;
using Paths = std::vector<std::string>;

ErrorKind eject_error(const std::string& path) {
  try {
    eject_drive(path);
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty());
    return error.kind();
  }
  ADD_FAILURE() << "ejected";
  return ErrorKind::kUnexpected;
}

TEST(Drives, ImageAndFolderStandIn) {
  Scratch scratch;
  test::write_file(scratch / "disc.iso", "x");
  const auto drives = list_drives(Paths{scratch / "disc.iso", test::pal() + "/dvd"});
  ASSERT_EQ(drives.size(), 2U);
  for (const auto& drive : drives) {
    EXPECT_TRUE(drive.stand_in);
    EXPECT_EQ(drive.state, DriveState::kDisc);
    EXPECT_EQ(drive.trouble, "");
  }
  EXPECT_EQ(drives[0].path, (scratch / "disc.iso").string());
}

TEST(Drives, MissingOneIsMissingAndTheOthersAreListed) {
  Scratch scratch;
  const auto drives = list_drives(Paths{scratch / "absent.iso", test::pal() + "/disc.iso"});
  ASSERT_EQ(drives.size(), 2U);
  EXPECT_EQ(drives[0].state, DriveState::kMissing);
  EXPECT_NE(drives[0].trouble, "");
  EXPECT_EQ(drives[1].state, DriveState::kDisc);
}

TEST(Drives, NoneConfiguredAreNone) {
  EXPECT_TRUE(list_drives(Paths{}).empty());
}

TEST(Drives, TheSystemsAreDeviceNodes) {
  for (const auto& drive : list_drives(std::nullopt)) {
    EXPECT_TRUE(drive.path.starts_with("/dev/"));
    EXPECT_FALSE(drive.stand_in);
  }
}

TEST(Drives, WhatIsNoOpticalDriveSaysSo) {
  const auto answer = ask_drive("/dev/null");
  EXPECT_EQ(answer.state, DriveState::kUnreadable);
  EXPECT_EQ(answer.trouble, "not an optical drive");
  EXPECT_EQ(ask_drive("/dev/amphi-no-such-drive").state, DriveState::kUnreadable);
}

TEST(Drives, StandInHasNoTray) {
  EXPECT_EQ(eject_error(test::pal() + "/disc.iso"), ErrorKind::kUsage);
  EXPECT_EQ(eject_error("/dev/amphi-no-such-drive"), ErrorKind::kUnavailable);
}

TEST(Drives, StatesHaveTheirNames) {
  EXPECT_EQ(to_string(DriveState::kEmpty), "empty");
  EXPECT_EQ(to_string(DriveState::kDisc), "disc");
  EXPECT_EQ(to_string(DriveState::kUnreadable), "unreadable");
}

}  // namespace
}  // namespace amphi
