#include <set>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "samples.hpp"

namespace amphi {
namespace {

TEST(TemporaryName, IsHiddenAndNoMedium) {
  EXPECT_EQ(temporary_name("The Matrix (1999).mkv"), ".The Matrix (1999).mkv.amphi-part");
  EXPECT_EQ(scratch_name("dvd-1.mkv"), ".dvd-1.mkv.amphi-sectors");
}

TEST(TemporaryName, FitsAtTheBoundary) {
  const std::string fits(243, 'x'), longer(244, 'x');
  EXPECT_EQ(temporary_name(fits), "." + fits + ".amphi-part");
  EXPECT_EQ(temporary_name(fits).size(), 255U);
  EXPECT_EQ(temporary_name(longer).size(), 255U);
  EXPECT_EQ(temporary_name(longer).find('~'), 227U);
  EXPECT_EQ(scratch_name(std::string(240, 'x')).size(), 255U);
  EXPECT_EQ(scratch_name(std::string(241, 'x')).find('~'), 224U);
}

TEST(TemporaryName, LongNamesStayApart) {
  std::set<std::string> names;
  for (char c = 'a'; c <= 'z'; ++c) {
    const auto name = temporary_name(std::string(250, 'x') + c + ".mkv");
    EXPECT_LE(name.size(), 255U);
    names.insert(name);
  }
  EXPECT_EQ(names.size(), 26U);
}

TEST(TemporaryName, LongNamesAreCutBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 84; ++i) name += "語";
  EXPECT_TRUE(is_valid_utf8(temporary_name(name + "x")));
  EXPECT_LE(temporary_name(name + "x").size(), 255U);
}

TEST(CollisionKey, WhatAFileSystemTakesForOne) {
  EXPECT_EQ(collision_key("/a/B"), collision_key("/A/b"));
  EXPECT_EQ(collision_key("/e\u0301"), collision_key("/É"));
  EXPECT_EQ(collision_key("/straße"), collision_key("/STRASSE"));
  EXPECT_EQ(collision_key("/a//b/./c/"), collision_key("/a/b/c"));
  EXPECT_NE(collision_key("/a/b"), collision_key("a/b"));
  EXPECT_NE(collision_key("/a/b"), collision_key("/ab"));
  EXPECT_NE(collision_key("/a"), collision_key("/b"));
  EXPECT_EQ(collision_key(""), "");
}

TEST(ArtifactPath, LabelFingerprintReference) {
  auto disc = samples::movie();
  auto track = samples::track(TrackType::kMainFeature, 1);
  EXPECT_EQ(artifact_path(disc, track, "mkv"), "MATRIX-dvd-0123456/dvd-1.mkv");
  EXPECT_EQ(artifact_path(disc, track, ".mkv"), "MATRIX-dvd-0123456/dvd-1.mkv");
  disc.edits.title = "Another";
  track.edits.track_name = "Name";
  EXPECT_EQ(artifact_path(disc, track, "mkv"), "MATRIX-dvd-0123456/dvd-1.mkv") << "titles are for the library only";
  disc.volume_label = "";
  EXPECT_EQ(artifact_path(disc, track, "mkv"), "dvd-0123456/dvd-1.mkv");
  track.scanned.reference = "mpls:00800";
  EXPECT_EQ(artifact_path(disc, track, "mkv"), "dvd-0123456/mpls-00800.mkv");
}

TEST(ArtifactPath, HostileLabelsStayInTheirFolder) {
  std::mt19937 random(7);
  for (int i = 0; i < 400; ++i) {
    auto disc = samples::movie();
    disc.volume_label = samples::hostile_text(random);
    auto track = samples::track(TrackType::kOther);
    track.scanned.reference = samples::hostile_text(random);
    const auto path = artifact_path(disc, track, "mkv");
    EXPECT_EQ(samples::fault_of_path(path), "") << escape_controls(disc.volume_label);
    EXPECT_EQ(split(path, '/').size(), 2U) << path;
    EXPECT_NE(path.find("-dvd-0123456/"), disc.volume_label.empty() ? 0 : std::string::npos) << path;
    EXPECT_EQ(path.substr(path.size() - 4), ".mkv");
  }
}

}  // namespace
}  // namespace amphi
