// The Blu-ray that tests/fixtures makes, and copies of it that were changed or spoilt.
#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "disc/identifiers.hpp"
#include "engines.hpp"
#include "environment.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::Scratch;

struct Bluray : testing::Test {
  // Playlists and clip information may be spoilt; the streams are copies too: none is large.
  test::fs::path copy() {
    const auto to = scratch / "bd";
    test::fs::copy(test::bluray() + "/bd", to, test::fs::copy_options::recursive);
    return to;
  }
  static void spoil(const test::fs::path& file, std::size_t at, char value) {
    auto bytes = test::read_file(file);
    bytes.at(at) = value;
    test::write_file(file, bytes);
  }

  Scratch scratch;
  test::Environment worker{"AMPHI_READER", AMPHI_BINARY_DIR "/cmd/amphi-reader"};
};

TEST_F(Bluray, ImageFolderAndBdmvAreTheSameDisc) {
  const auto image = read_disc(make_source(test::bluray() + "/disc.iso"));
  const auto folder = read_disc(make_source(test::bluray() + "/bd"));
  const auto inner = read_disc(make_source(test::bluray() + "/bd/BDMV"));
  EXPECT_EQ(image.kind, DiscKind::kBluray);
  EXPECT_EQ(image.volume_label, "AMPHI_TEST_BD");
  EXPECT_FALSE(image.encrypted);
  EXPECT_TRUE(image.warnings.empty());
  for (const auto& other : {folder, inner}) {
    EXPECT_EQ(other.fingerprint, image.fingerprint);
    EXPECT_EQ(other.tracks, image.tracks);
    EXPECT_EQ(test::identifier(other, "thediscdb-content-hash"), test::identifier(image, "thediscdb-content-hash"));
    EXPECT_EQ(other.volume_label, "");
  }
  EXPECT_EQ(test::identifier(folder, "matrix256"), test::identifier(image, "matrix256"));
  EXPECT_EQ(test::identifier(inner, "matrix256"), "");  // the rest of the disc was not seen
  EXPECT_TRUE(image.fingerprint.starts_with("br-"));
  EXPECT_EQ(read_identity(make_source(test::bluray() + "/disc.iso")).identifiers, image.identifiers);
}

TEST_F(Bluray, FingerprintIsMadeOfPlaylistsAndClipInformation) {
  std::vector<NamedBytes> files;
  for (const auto* folder : {"/bd/BDMV/PLAYLIST", "/bd/BDMV/CLIPINF"}) {
    for (const auto& entry : test::fs::directory_iterator(test::bluray() + folder))
      files.push_back({entry.path().filename().string(), test::read_file(entry.path())});
  }
  ASSERT_EQ(files.size(), 12U);
  EXPECT_EQ(read_identity(make_source(test::bluray() + "/bd")).fingerprint, make_fingerprint("br", files));
}

TEST_F(Bluray, TracksSayWhatThePlaylistsPlay) {
  const auto disc = read_disc(make_source(test::bluray() + "/disc.iso"));
  ASSERT_EQ(disc.tracks.size(), 6U);
  const auto& film = disc.tracks[0];
  EXPECT_EQ(film.number, 1);
  EXPECT_EQ(film.reference, "mpls:00000");
  EXPECT_EQ(film.source_name, "00000.mpls");
  EXPECT_NEAR(film.duration_seconds, 190, 0.1);
  EXPECT_EQ(film.chapter_count, 8);
  ASSERT_EQ(film.chapters.size(), 8U);
  EXPECT_NEAR(film.chapters[1], 190.0 / 8, 0.1);
  EXPECT_EQ(film.segment_map, "0");
  ASSERT_EQ(film.segments.size(), 1U);
  EXPECT_NEAR(static_cast<double>(film.segments[0].last - film.segments[0].first) / 90'000, 190, 0.1);
  EXPECT_EQ(film.resolution, (Resolution{1280, 720}));
  EXPECT_EQ(film.aspect, "16:9");
  EXPECT_NEAR(film.frame_rate, 23.976, 0.001);
  ASSERT_EQ(film.audio.size(), 2U);
  EXPECT_EQ(film.audio[0].language, "eng");
  EXPECT_EQ(film.audio[1].language, "ger");
  EXPECT_EQ(film.audio[1].codec, "ac3");
  EXPECT_EQ(film.audio[1].channels, 2);
  EXPECT_EQ(film.audio[1].sample_rate, 48'000);
  EXPECT_EQ(film.audio[1].stream_id, 0x1101);
  const auto stream = test::fs::file_size(test::bluray() + "/bd/BDMV/STREAM/00000.m2ts");
  EXPECT_EQ(film.size_bytes, static_cast<std::int64_t>(stream));
  EXPECT_EQ(disc.tracks[2].reference, "mpls:00002");
}

TEST_F(Bluray, ShortTracksAreLeftOut) {
  EXPECT_EQ(read_disc(make_source(test::bluray() + "/bd"), {nullptr, 15}).tracks.size(), 4U);
}

TEST_F(Bluray, UhdIsToldByTheVersionOfItsFiles) {
  const auto folder = copy();
  spoil(folder / "BDMV/index.bdmv", 5, '3');
  const auto uhd = read_identity(make_source(folder));
  EXPECT_EQ(uhd.kind, DiscKind::kUhd);
  EXPECT_TRUE(uhd.fingerprint.starts_with("uhd-"));
}

TEST_F(Bluray, EncryptionIsToldByThePackets) {
  const auto folder = copy();
  const auto stream = folder / "BDMV/STREAM/00001.m2ts";  // the largest
  auto bytes = test::read_file(stream);
  const auto unit = bytes.size() / 6144 / 2 * 6144;
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(unit) + 16,
            bytes.begin() + static_cast<std::ptrdiff_t>(unit) + 6144, '\x55');
  test::write_file(stream, bytes);
  EXPECT_TRUE(read_identity(make_source(folder)).encrypted);
}

TEST_F(Bluray, DecryptedFoldersKeepTheirKeysFile) {
  const auto folder = copy();
  test::fs::create_directory(folder / "AACS");
  test::write_file(folder / "AACS/Unit_Key_RO.inf", "unit keys");
  const auto disc = read_identity(make_source(folder));
  EXPECT_FALSE(disc.encrypted);
  EXPECT_EQ(test::identifier(disc, "aacs-disc-id"), "6BCE302233B757605CAFEF91C020BAC7FA3B3DE8");
}

TEST_F(Bluray, ADamagedPlaylistIsLeftOutAndSaid) {
  const auto folder = copy();
  test::write_file(folder / "BDMV/PLAYLIST/00001.mpls", "MPLS0200");
  test::fs::remove(folder / "BDMV/BACKUP/PLAYLIST/00001.mpls");
  const auto disc = read_disc(make_source(folder));
  std::set<std::string> references;
  for (const auto& track : disc.tracks) references.insert(track.reference);
  EXPECT_FALSE(references.contains("mpls:00001"));
  EXPECT_TRUE(references.contains("m2ts:00001")) << "its clip, which no playlist plays any more";
  ASSERT_EQ(disc.warnings.size(), 1U);
  EXPECT_NE(disc.warnings[0].find("00001"), std::string::npos);
}

// libbluray 1.3 dies of this pair, which fuzzing found.
TEST_F(Bluray, WhatEndsTheReaderIsLeftOutAndSaid) {
  const auto folder = copy();
  test::fs::remove_all(folder / "BDMV/BACKUP");
  const auto spoilt = test::read_file(AMPHI_SOURCE_DIR "/tests/unit/disc/data/deadly.mpls");
  test::write_file(folder / "BDMV/PLAYLIST/00800.mpls", spoilt);
  for (const auto* clip : {"00010", "00011", "00012", "00013"})
    test::write_file(folder / "BDMV/CLIPINF" / (std::string(clip) + ".clpi"),
                     test::read_file(AMPHI_SOURCE_DIR "/tests/unit/disc/data/deadly.clpi"));
  const auto disc = read_disc(make_source(folder));
  std::set<std::string> references;
  for (const auto& track : disc.tracks) references.insert(track.reference);
  for (const auto* whole : {"mpls:00000", "mpls:00001", "mpls:00002", "m2ts:00020"})
    EXPECT_TRUE(references.contains(whole)) << whole;
  EXPECT_FALSE(references.contains("mpls:00800"));
  EXPECT_FALSE(disc.warnings.empty());
}

TEST_F(Bluray, WithoutPlaylistsThereIsNoDisc) {
  const auto folder = copy();
  test::fs::remove_all(folder / "BDMV/PLAYLIST");
  EXPECT_THROW(read_disc(make_source(folder)), Error);
}

TEST_F(Bluray, EveryTruncationOfAPlaylistGivesADiscOrOneError) {
  const auto folder = copy();
  test::fs::remove_all(folder / "BDMV/BACKUP");
  const auto file = folder / "BDMV/PLAYLIST/00000.mpls";
  const auto whole = test::read_file(file);
  for (std::size_t length = 0; length < whole.size(); length += 29) {
    test::write_file(file, whole.substr(0, length));
    try {
      const auto disc = read_disc(make_source(folder));
      EXPECT_FALSE(disc.tracks.empty());
      for (const auto& track : disc.tracks) EXPECT_TRUE(std::isfinite(track.duration_seconds));
    } catch (const Error& error) {
      EXPECT_FALSE(error.hint().empty()) << error.message();
    }
  }
}

TEST_F(Bluray, AnImageThatEndsEarlyIsAnError) {
  const auto bytes = test::read_file(test::bluray() + "/disc.iso");
  for (const auto part : {std::size_t{40'000}, std::size_t{600'000}, bytes.size() / 2, bytes.size() - 700'000}) {
    const auto image = scratch.write("cut.iso", bytes.substr(0, part));
    EXPECT_THROW(read_disc(make_source(image)), Error) << part;
  }
}

TEST_F(Bluray, AnEngineForOtherDiscsSaysNothingAboutThisOne) {
  for (const auto* engine : {static_cast<const Ripper*>(nullptr), &test::kOwnBluray, &test::kOwnDvd, &test::kOwnCd})
    EXPECT_EQ(read_disc(make_source(test::bluray() + "/bd"), {engine, 0}).tracks.size(), 6U)
        << (engine ? engine->tool.name : "auto");
  EXPECT_EQ(read_disc(make_source(test::pal() + "/disc.iso"), {&test::kOwnBluray, 0}).tracks.size(), 5U);
}

}  // namespace
}  // namespace amphi
