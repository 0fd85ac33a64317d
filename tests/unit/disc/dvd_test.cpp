// The DVDs that tests/fixtures makes, as libdvdread reads them. The fixtures are the same bit for bit on every machine,
// so their identifiers are golden.
#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "disc/dvd_encryption.hpp"
#include "disc/dvd_titles.hpp"
#include "engines.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::Scratch;

ScannedDisc read_pal(const std::string& name) {
  return read_disc(make_source(test::pal() + name), {&test::kOwnDvd, 0});
}

TEST(Dvd, IdentifiersAreGolden) {
  const auto disc = read_pal("/disc.iso");
  EXPECT_EQ(disc.kind, DiscKind::kDvd);
  EXPECT_EQ(disc.fingerprint, "dvd-2a71910e3dfd0f744184fc766bfa80cb8ceb5fc5dc591ebfe7eb703b7f38a84f");
  EXPECT_EQ(test::identifier(disc, "amphi"), disc.fingerprint);
  EXPECT_EQ(test::identifier(disc, "dvd-disc-id"), "45E55078D9468F0F2426CC58077ACC11");
  EXPECT_EQ(test::identifier(disc, "thediscdb-content-hash"), "220E46CD09D7FA53365358A3D0F487C0");
  EXPECT_EQ(test::identifier(disc, "dvdid"), "5355a25973a18898");  // worked out by another program from the image
  EXPECT_EQ(test::identifier(disc, "matrix256"), "37daf0375d4814d17105a932485dcfbe9f8ededca20d78b7697f272d3dce51bd");
  EXPECT_EQ(disc.volume_label, "AMPHI_TEST_DISC");
  EXPECT_FALSE(disc.provisional);
  EXPECT_FALSE(disc.partial);
  EXPECT_FALSE(disc.encrypted);
  EXPECT_TRUE(disc.warnings.empty());
}

TEST(Dvd, FolderAndImageAreTheSameDisc) {
  for (const auto& base : {test::pal(), test::ntsc()}) {
    const auto image = read_disc(make_source(base + "/disc.iso"));
    const auto folder = read_disc(make_source(base + "/dvd"));
    EXPECT_EQ(folder.fingerprint, image.fingerprint);
    for (const auto* kind : {"amphi", "dvd-disc-id", "thediscdb-content-hash", "matrix256", "amphigory"})
      EXPECT_EQ(test::identifier(folder, kind), test::identifier(image, kind)) << kind;
    EXPECT_NE(test::identifier(image, "dvdid"), "");
    EXPECT_EQ(test::identifier(folder, "dvdid"), "");  // copies have dates of their own
    EXPECT_EQ(folder.tracks, image.tracks);
    EXPECT_EQ(folder.volume_label, "");
    EXPECT_EQ(folder.source.kind, SourceKind::kFolder);
  }
}

TEST(Dvd, FingerprintHangsNeitherOnLabelNorOnTheCaseOfNames) {
  Scratch scratch;
  const auto folder = test::copy_disc(scratch, test::pal());
  test::fs::rename(folder / "VTS_01_0.IFO", folder / "vts_01_0.ifo");
  test::fs::rename(folder, folder.parent_path() / "video_ts");
  const auto disc = read_disc(make_source(folder.parent_path()));
  EXPECT_EQ(disc.fingerprint, read_pal("/disc.iso").fingerprint);
  for (const auto* kind : {"amphi", "dvd-disc-id", "thediscdb-content-hash", "amphigory"})
    EXPECT_EQ(test::identifier(disc, kind), test::identifier(read_pal("/disc.iso"), kind)) << kind;
}

TEST(Dvd, IdentityIsTheSameWithoutTitles) {
  const auto identity = read_identity(make_source(test::pal() + "/disc.iso"));
  const auto disc = read_pal("/disc.iso");
  EXPECT_EQ(identity.fingerprint, disc.fingerprint);
  EXPECT_EQ(identity.identifiers, disc.identifiers);
  EXPECT_EQ(identity.volume_label, disc.volume_label);
  EXPECT_TRUE(identity.tracks.empty());
}

TEST(Dvd, TitlesOfPal) {
  const auto disc = read_pal("/disc.iso");
  ASSERT_EQ(disc.tracks.size(), 5U);
  const double seconds[] = {90, 30, 12, 6, 8};
  const std::int64_t bytes[] = {16392192, 8617984, 753664, 1822720, 1241088};
  for (int i = 0; i < 5; ++i) {
    const auto& track = disc.tracks[static_cast<std::size_t>(i)];
    EXPECT_EQ(track.number, i + 1);
    EXPECT_EQ(track.reference, "dvd:" + std::to_string(i + 1));
    EXPECT_DOUBLE_EQ(track.duration_seconds, seconds[i]);
    EXPECT_EQ(track.size_bytes, bytes[i]);
    EXPECT_EQ(track.source_name, i == 0 ? "VTS_01" : "VTS_02");
    EXPECT_EQ(track.aspect, i == 0 ? "16:9" : "4:3");
    EXPECT_EQ(track.resolution, (Resolution{720, 576}));
    EXPECT_DOUBLE_EQ(track.frame_rate, 25);
  }
}

TEST(Dvd, MainTitleHasChaptersCellsAndStreams) {
  const auto track = read_pal("/disc.iso").tracks.at(0);
  EXPECT_EQ(track.chapter_count, 12);
  ASSERT_EQ(track.chapters.size(), 12U);
  EXPECT_DOUBLE_EQ(track.chapters[0], 0);
  for (std::size_t i = 1; i < 12; ++i) EXPECT_NEAR(track.chapters[i], 7.5 * static_cast<double>(i), 0.5) << i;
  EXPECT_EQ(track.segment_map, "1-12");
  ASSERT_EQ(track.segments.size(), 12U);
  EXPECT_EQ(track.segments[0].first, 0);
  EXPECT_EQ(track.segments[11].last, 16392192 / 2048 - 1);
  ASSERT_EQ(track.audio.size(), 2U);
  EXPECT_EQ(track.audio[0].codec, "ac3");
  EXPECT_EQ(track.audio[0].language, "eng");
  EXPECT_EQ(track.audio[0].channels, 2);
  EXPECT_EQ(track.audio[0].sample_rate, 48000);
  EXPECT_EQ(track.audio[0].stream_id, 0x80);
  EXPECT_TRUE(track.audio[0].flags.is_default);
  EXPECT_EQ(track.audio[1].language, "ger");
  EXPECT_EQ(track.audio[1].stream_id, 0x81);
  EXPECT_EQ(track.audio[1].index, 1);
  ASSERT_EQ(track.subtitles.size(), 1U);
  EXPECT_EQ(track.subtitles[0].codec, "dvd_subtitle");
  EXPECT_EQ(track.subtitles[0].language, "eng");
  EXPECT_EQ(track.subtitles[0].stream_id, 0x20);
}

// An NTSC IFO counts 30 frames a second that last 1001/30000 s each.
TEST(Dvd, NtscDurationsAreRealSeconds) {
  const auto disc = read_disc(make_source(test::ntsc() + "/disc.iso"));
  ASSERT_EQ(disc.tracks.size(), 5U);
  EXPECT_NEAR(disc.tracks[0].duration_seconds, 90.0233, 0.0001);
  EXPECT_NEAR(disc.tracks[1].duration_seconds, 30.030, 0.0001);
  EXPECT_NEAR(disc.tracks[1].frame_rate, 29.97003, 0.00001);
  EXPECT_EQ(disc.tracks[1].resolution, (Resolution{720, 480}));
}

TEST(Dvd, ShortTitlesAreLeftOutAndNumbersStay) {
  const auto disc = read_disc(make_source(test::pal() + "/disc.iso"), {nullptr, 12});
  ASSERT_EQ(disc.tracks.size(), 3U);
  EXPECT_EQ(disc.tracks[2].reference, "dvd:3");
}

// --- IFOs changed a little. Offsets are those of the IFO format.

class PatchedDvd : public testing::Test {
 protected:
  PatchedDvd() : folder_(test::copy_disc(scratch_, test::pal())) {}

  void patch(const std::string& name, std::size_t at, const std::string& bytes) {
    for (const auto* type : {".IFO", ".BUP"}) {
      auto text = test::read_file(folder_ / (name + type));
      text.replace(at, bytes.size(), bytes);
      test::write_file(folder_ / (name + type), text);
    }
  }
  // Where the first program chain of a title set begins.
  std::size_t chain(const std::string& name) {
    const auto text = test::read_file(folder_ / (name + ".IFO"));
    const auto number = [&](std::size_t at) {
      std::size_t value = 0;
      for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(text.at(at + i));
      return value;
    };
    const auto table = number(0xcc) * 2048;
    return table + number(table + 12);
  }
  ScannedDisc read() { return read_disc(make_source(folder_.parent_path())); }

  static constexpr std::size_t kAudioAttributes = 0x204, kSubtitleAttributes = 0x256;
  static constexpr std::size_t kAudioControl = 0x0c, kSubtitleControl = 0x1c;

  Scratch scratch_;
  test::fs::path folder_;
};

TEST_F(PatchedDvd, StreamThatTheChainDoesNotHaveIsNoStream) {
  patch("VTS_01_0", chain("VTS_01_0") + kAudioControl, std::string("\0\0", 2));
  const auto track = read().tracks.at(0);
  ASSERT_EQ(track.audio.size(), 1U);
  EXPECT_EQ(track.audio[0].language, "ger");
  EXPECT_EQ(track.audio[0].index, 0);
  EXPECT_EQ(track.audio[0].stream_id, 0x81);
  EXPECT_TRUE(track.audio[0].flags.is_default);
}

TEST_F(PatchedDvd, PhysicalNumbersAreTheChains) {
  patch("VTS_01_0", chain("VTS_01_0") + kAudioControl, std::string("\x83\0\x80\0", 4));
  patch("VTS_01_0", chain("VTS_01_0") + kSubtitleControl, std::string("\x82\x05\x01\x00", 4));
  const auto track = read().tracks.at(0);
  ASSERT_EQ(track.audio.size(), 2U);
  EXPECT_EQ(track.audio[0].stream_id, 0x83);
  EXPECT_EQ(track.audio[1].stream_id, 0x80);
  EXPECT_EQ(track.subtitles.at(0).stream_id, 0x25);  // wide, as the picture is 16:9
}

TEST_F(PatchedDvd, TwoEntriesOfOnePhysicalStreamAreOneStream) {
  patch("VTS_01_0", chain("VTS_01_0") + kAudioControl, std::string("\x80\0\x80\0", 4));
  EXPECT_EQ(read().tracks.at(0).audio.size(), 1U);
}

TEST_F(PatchedDvd, CodeExtensionsBecomeFlags) {
  patch("VTS_01_0", kAudioAttributes + 5, "\x02");
  patch("VTS_01_0", kAudioAttributes + 8 + 5, "\x03");
  patch("VTS_01_0", kSubtitleAttributes + 5, "\x09");
  auto track = read().tracks.at(0);
  EXPECT_TRUE(track.audio.at(0).flags.visual_impaired);
  EXPECT_TRUE(track.audio.at(1).flags.commentary);
  EXPECT_EQ(track.audio.at(1).name, "Commentary");
  EXPECT_TRUE(track.subtitles.at(0).flags.forced);
  patch("VTS_01_0", kSubtitleAttributes + 5, "\x05");
  EXPECT_TRUE(read().tracks.at(0).subtitles.at(0).flags.hearing_impaired);
  patch("VTS_01_0", kSubtitleAttributes + 5, "\x0d");
  EXPECT_TRUE(read().tracks.at(0).subtitles.at(0).flags.commentary);
}

TEST_F(PatchedDvd, CodecFollowsTheFormat) {
  patch("VTS_01_0", kAudioAttributes, "\xc4");
  patch("VTS_01_0", kAudioAttributes + 8, "\x84");
  const auto track = read().tracks.at(0);
  EXPECT_EQ(track.audio.at(0).codec, "dts");
  EXPECT_EQ(track.audio.at(0).stream_id, 0x88);
  EXPECT_EQ(track.audio.at(1).codec, "pcm_dvd");
  EXPECT_EQ(track.audio.at(1).stream_id, 0xa1);
}

TEST_F(PatchedDvd, OtherAnglesAreNotPlayed) {
  const auto chain_at = chain("VTS_01_0");
  const auto ifo = test::read_file(folder_ / "VTS_01_0.IFO");
  const auto cells = chain_at + static_cast<unsigned char>(ifo[chain_at + 0xe8]) * 256U +
                     static_cast<unsigned char>(ifo[chain_at + 0xe9]);
  patch("VTS_01_0", cells + 2 * 24, "\x50");  // cell 3: first of an angle block
  patch("VTS_01_0", cells + 3 * 24, "\xd0");  // cell 4: last of it
  const auto track = read().tracks.at(0);
  EXPECT_EQ(track.segment_map, "1-3,5-12");
  EXPECT_EQ(track.segments.size(), 11U);
  EXPECT_LT(track.size_bytes, 16392192);
}

TEST_F(PatchedDvd, TitleOfATitleSetThatIsNotThereIsLeftOut) {
  const auto manager = test::read_file(folder_ / "VIDEO_TS.IFO");
  const auto table = static_cast<unsigned char>(manager[0xc7]) * 2048U;
  patch("VIDEO_TS", table + 8 + 6, "\x07");  // title 1 in title set 7
  const auto disc = read();
  ASSERT_EQ(disc.tracks.size(), 4U);
  EXPECT_EQ(disc.tracks[0].reference, "dvd:2");
  ASSERT_FALSE(disc.warnings.empty());
  EXPECT_NE(disc.warnings[0].find("title 1 is left out"), std::string::npos) << disc.warnings[0];
}

TEST_F(PatchedDvd, FileCutShortIsWarnedOf) {
  const auto vob = test::read_file(folder_ / "VTS_01_1.VOB");
  test::fs::remove(folder_ / "VTS_01_1.VOB");
  test::write_file(folder_ / "VTS_01_1.VOB", vob.substr(0, vob.size() / 2));
  const auto disc = read();
  EXPECT_EQ(disc.tracks.size(), 5U);
  ASSERT_EQ(disc.warnings.size(), 1U);
  EXPECT_NE(disc.warnings[0].find("title 1 ends at sector 8004"), std::string::npos) << disc.warnings[0];
}

TEST_F(PatchedDvd, ScrambledSectorsAreEncryption) {
  auto vob = test::read_file(folder_ / "VTS_01_1.VOB");
  for (std::size_t at = 0; at + 2048 <= vob.size(); at += 2048) {
    if (static_cast<unsigned char>(vob[at + 17]) == 0xe0) vob[at + 20] = static_cast<char>(vob[at + 20] | 0x30);
  }
  test::fs::remove(folder_ / "VTS_01_1.VOB");
  test::write_file(folder_ / "VTS_01_1.VOB", vob);
  const auto disc = read_disc(make_source(folder_.parent_path()), {&test::kOwnDvd, 0});
  EXPECT_TRUE(disc.encrypted);
}

TEST(Encryption, OnlyPesHeadersOfMediaCount) {
  std::string sector(2048, '\0');
  sector.replace(0, 4, std::string("\0\0\1\xba", 4));
  sector.replace(14, 4, std::string("\0\0\1\xe0", 4));
  const auto scrambled = [&] { return is_scrambled(reinterpret_cast<const unsigned char*>(sector.data())); };
  sector[20] = '\x80';
  EXPECT_FALSE(scrambled());
  sector[20] = '\x90';
  EXPECT_TRUE(scrambled());
  sector[17] = '\xbf';
  EXPECT_FALSE(scrambled());
  sector[17] = '\xbd';
  EXPECT_TRUE(scrambled());
  sector[0] = 'x';
  EXPECT_FALSE(scrambled());
}

TEST(SegmentMap, RunsAreJoined) {
  const auto map = [](std::vector<int> numbers) {
    std::vector<Segment> segments;
    for (const int number : numbers) segments.push_back({number, 0, 0, 0});
    return segment_map(segments);
  };
  EXPECT_EQ(map({}), "");
  EXPECT_EQ(map({1}), "1");
  EXPECT_EQ(map({1, 2, 3}), "1-3");
  EXPECT_EQ(map({1, 2, 4, 6, 7}), "1-2,4,6-7");
}

}  // namespace
}  // namespace amphi
