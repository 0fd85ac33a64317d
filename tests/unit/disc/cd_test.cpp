// Audio CDs: tables of contents, what identifies them, images.
#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "disc/cd_identifiers.hpp"
#include "disc/cue_sheet.hpp"
#include "environment.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::Scratch;

std::string value_of(const std::vector<Identifier>& identifiers, const std::string& kind) {
  for (const auto& identifier : identifiers)
    if (identifier.kind == kind) return identifier.value;
  return "";
}

CdToc enhanced() {
  CdToc toc;
  int number = 0;
  for (const auto sector : {0, 15537, 31691, 50866, 66466, 81202, 99409, 115920, 133093, 149847, 161560, 177682})
    toc.tracks.push_back({++number, sector + 150, false, "", ""});
  toc.tracks.push_back({++number, 207106 + 150, true, "", ""});
  toc.lead_out = 210385 + 150;
  return toc;
}

TEST(CdToc, TextAndBack) {
  const auto toc = parse_cd_toc("1 6 95462 150 15363 32314 46592 63414 80489");
  ASSERT_EQ(toc.tracks.size(), 6U);
  EXPECT_EQ(toc.tracks[1].offset, 15363);
  EXPECT_EQ(toc.lead_out, 95462);
  EXPECT_EQ(end_of_track(toc, 1), 32314);
  EXPECT_EQ(end_of_track(toc, 5), 95462);
  EXPECT_EQ(to_text(toc), "1 6 95462 150 15363 32314 46592 63414 80489");
  EXPECT_EQ(parse_cd_toc("  3  4 1000 150   500 ").tracks[0].number, 3);
}

TEST(CdToc, WhatIsNoneSaysWhy) {
  for (const auto* text : {"", "1", "1 1 300", "1 2 300 150", "1 1 300 150 200", "2 1 300 150 160", "0 1 300 150 200",
                           "1 2 300 200 150", "1 1 150 150", "1 1 300 149", "1 1 x 150", "1 1 -300 150",
                           "1 1 900000 150", "1 100 300 150", "1 1 300.5 150", "1 1 99999999999999999999 150"}) {
    try {
      parse_cd_toc(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_FALSE(error.hint().empty());
    }
  }
}

TEST(CdIdentifiers, OfMusicBrainz) {
  EXPECT_EQ(value_of(make_cd_identifiers(parse_cd_toc("1 6 95462 150 15363 32314 46592 63414 80489")), "musicbrainz"),
            "49HHV7Eb8UKF3aQiNmu1GR8vKTY-");
  const auto many = make_cd_identifiers(
      parse_cd_toc("1 22 303602 150 9700 25887 39297 53795 63735 77517 94877 107270 123552 135522 148422 161197 174790 "
                   "192022 205545 218010 228700 239590 255470 266932 288750"));
  EXPECT_EQ(value_of(many, "musicbrainz"), "xUp1F2NkfP8s8jaeFn_Av3jNEI4-");
  EXPECT_EQ(value_of(many, "freedb"), "370fce16");
}

TEST(CdIdentifiers, OfACdWithADataTrack) {
  const auto identifiers = make_cd_identifiers(enhanced());
  EXPECT_EQ(value_of(identifiers, "musicbrainz"), "KnpGsLhvH.lPrNc1PBL21lb9Bg4-");
  EXPECT_EQ(value_of(identifiers, "accuraterip"), "0013bd5a-00b8d489-c60af50d");
}

TEST(CdToc, TheAudioSessionEndsBeforeTheDataTrack) {
  const auto audio = audio_session(enhanced());
  EXPECT_EQ(audio.tracks.size(), 12U);
  EXPECT_EQ(audio.lead_out, 207106 + 150 - 11400);
}

TEST(CdToc, ADataTrackInFrontIsLeftOut) {
  CdToc mixed{{{1, 150, true, "", ""}, {2, 5000, false, "", ""}, {3, 9000, false, "", ""}}, 12000, "", ""};
  const auto audio = audio_session(mixed);
  ASSERT_EQ(audio.tracks.size(), 2U);
  EXPECT_EQ(audio.tracks[0].number, 2);
  EXPECT_EQ(audio.lead_out, 12000);
}

struct CdImage : testing::Test {
  // Two tracks of 4 s and one of 2 s.
  std::string write(const std::string& name, const std::string& description, const std::string& image = "cd.bin") {
    scratch.write(image, std::string(750 * 2352, '\1'));
    return scratch.write(name, description);
  }
  static ErrorKind error_of(const std::string& path) {
    try {
      read_disc(make_source(path));
    } catch (const Error& error) {
      EXPECT_FALSE(error.hint().empty()) << error.message();
      EXPECT_NE(error.message().find(path), std::string::npos) << error.message();
      return error.kind();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorKind::kUnexpected;
  }

  Scratch scratch;
  test::Environment worker{"AMPHI_READER", AMPHI_BINARY_DIR "/cmd/amphi-reader"};
  static constexpr const char* kCue =
      "FILE \"cd.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 01 00:04:00\n"
      "  TRACK 03 AUDIO\n    INDEX 01 00:08:00\n";
};

TEST_F(CdImage, CueIsTheDiscOfItsTableOfContents) {
  const auto disc = read_disc(make_source(write("cd.cue", kCue)));
  const auto written = read_disc(make_source("toc:1 3 900 150 450 750"));
  EXPECT_EQ(disc.kind, DiscKind::kCd);
  EXPECT_TRUE(disc.fingerprint.starts_with("cd-"));
  EXPECT_EQ(disc.fingerprint, written.fingerprint);
  EXPECT_EQ(disc.identifiers, written.identifiers);
  EXPECT_EQ(disc.tracks, written.tracks);
  ASSERT_EQ(disc.tracks.size(), 3U);
  EXPECT_EQ(disc.tracks[2].reference, "cd:3");
  EXPECT_EQ(disc.tracks[2].number, 3);
  EXPECT_DOUBLE_EQ(disc.tracks[2].duration_seconds, 2);
  EXPECT_EQ(disc.tracks[2].size_bytes, 150 * 2352);
  ASSERT_EQ(disc.tracks[1].segments.size(), 1U);
  EXPECT_EQ(disc.tracks[1].segments[0].first, 300);
  EXPECT_EQ(disc.tracks[1].segments[0].last, 599);
  EXPECT_EQ(written.source.kind, SourceKind::kLog);
  EXPECT_EQ(read_identity(make_source("toc:1 3 900 150 450 750")).fingerprint, disc.fingerprint);
}

TEST_F(CdImage, CdrdaosTocToo) {
  const auto toc = write("cd.toc",
                         "CD_DA\n\nTRACK AUDIO\nNO COPY\nFILE \"cd.bin\" 0 00:04:00\n\nTRACK AUDIO\nFILE \"cd.bin\" "
                         "00:04:00 00:04:00\n\nTRACK AUDIO\nFILE \"cd.bin\" 00:08:00 00:02:00\n");
  EXPECT_EQ(read_disc(make_source(toc)).fingerprint, read_disc(make_source("toc:1 3 900 150 450 750")).fingerprint);
}

TEST_F(CdImage, SeveralFilesSilenceAndWave) {
  scratch.write("a.bin", std::string(300 * 2352 + 5, '\1'));
  std::string wave("RIFF\0\0\0\0WAVEfmt \20\0\0\0", 20);
  wave += std::string(16, '\0') + "data" + std::string("\xff\xff\xff\x7f", 4) + std::string(150 * 2352, '\2');
  scratch.write("b.wav", wave);
  const auto cue = scratch.write(
      "several.cue",
      "\xef\xbb\xbfREM made by hand\r\nPERFORMER \"The Band\"\r\nTITLE \"An Album\"\r\nFILE \"a.bin\" BINARY\r\n"
      "TRACK 01 AUDIO\r\nTITLE One\r\nPREGAP 00:02:00\r\nINDEX 01 00:00:00\r\nFILE b.wav WAVE\r\n"
      "TRACK 02 AUDIO\r\nTITLE \"Two words\"\r\nINDEX 00 00:00:00\r\nINDEX 01 00:01:00\r\n");
  const auto disc = read_disc(make_source(cue));
  EXPECT_EQ(disc.fingerprint, read_disc(make_source("toc:1 2 750 300 675")).fingerprint);
  EXPECT_EQ(disc.volume_label, "An Album");
  ASSERT_EQ(disc.tracks.size(), 2U);
  EXPECT_EQ(disc.tracks[1].source_name, "Two words");
}

TEST_F(CdImage, DataBehindTheMusicIsNoTrackToRip) {
  scratch.write("enhanced.bin", std::string(300 * 2352 + 20'000 * 2048, '\0'));
  const auto cue = scratch.write("enhanced.cue",
                                 "FILE \"enhanced.bin\" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n"
                                 "TRACK 02 MODE1/2048\nPREGAP 02:32:00\nINDEX 01 00:04:00\n");
  const auto disc = read_disc(make_source(cue));
  ASSERT_EQ(disc.tracks.size(), 1U);
  EXPECT_EQ(disc.tracks[0].duration_seconds, 4);
  EXPECT_EQ(disc.fingerprint, read_disc(make_source("toc:1 1 450 150")).fingerprint);
}

// Two files, silence that none holds, a data track in front with sectors of another size.
TEST(CueSheet, RunsAreTheDiscInOrder) {
  const auto sheet = parse_cue_sheet(
      "FILE \"a.bin\" BINARY\nTRACK 01 MODE1/2048\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nPREGAP 00:02:00\n"
      "INDEX 01 00:00:10\nFILE \"b.bin\" BINARY\nTRACK 03 AUDIO\nINDEX 00 00:00:00\nINDEX 01 00:00:05\n");
  const std::vector<std::int64_t> payload{10 * 2048 + 20 * 2352, 30 * 2352};
  const std::vector<CueRun> expected{
      {10, 0, 0, 2048}, {150, std::nullopt, 0, 2352}, {20, 0, 10 * 2048, 2352}, {30, 1, 0, 2352}};
  EXPECT_EQ(runs_of(sheet, payload), expected);
  std::int64_t sectors = 0;
  for (const auto& run : runs_of(sheet, payload)) sectors += run.sectors;
  EXPECT_EQ(make_toc(sheet, payload).lead_out, sectors + kCdLeadIn);
}

TEST(CueSheet, SaysWhichLineIsWrong) {
  for (const auto* text : {"TRACK 01 AUDIO\n", "FILE a BINARY\nTRACK x AUDIO\n", "FILE a MP3\n",
                           "FILE a BINARY\nTRACK 01 AUDIO\nINDEX 01 00:60:00\n", "FILE a BINARY\nINDEX 01 00:00:00\n",
                           "FILE a BINARY\nTRACK 01 MODE9/1\n", "FILE a BINARY\nTRACK 01 AUDIO\n", "FILE\n"}) {
    try {
      parse_cue_sheet(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_NE(error.message().find("line "), std::string::npos) << error.message();
    }
  }
}

TEST_F(CdImage, NothingOutsideItsFolderIsRead) {
  const Scratch outside;
  const auto secret = outside.write("secret.bin", std::string(750 * 2352, '\2'));
  for (const auto& name :
       {secret, std::string("../") + test::fs::path(outside.path()).filename().string() + "/secret.bin"})
    EXPECT_EQ(error_of(write("away.cue", "FILE \"" + name + "\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n")),
              ErrorKind::kUsage);
  test::fs::create_symlink(secret, scratch / "link.bin");
  EXPECT_EQ(error_of(write("link.cue", "FILE \"link.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n")),
            ErrorKind::kUsage);
}

TEST_F(CdImage, WithoutItsImageOrTracksSaysSo) {
  EXPECT_EQ(error_of(scratch.write("alone.cue", kCue)), ErrorKind::kUnavailable);
  EXPECT_EQ(error_of(write("empty.cue", "")), ErrorKind::kUsage);
  EXPECT_EQ(error_of(write("letter.cue", "Dear reader\n")), ErrorKind::kUsage);
  EXPECT_EQ(error_of(write("data.cue", "FILE \"cd.bin\" BINARY\n  TRACK 01 MODE1/2352\n    INDEX 01 00:00:00\n")),
            ErrorKind::kUsage);
}

TEST_F(CdImage, EveryTruncationGivesADiscOrOneError) {
  const std::string whole = kCue;
  for (std::size_t length = 0; length < whole.size(); length += 5) {
    try {
      EXPECT_FALSE(read_disc(make_source(write("cut.cue", whole.substr(0, length)))).tracks.empty());
    } catch (const Error& error) {
      EXPECT_FALSE(error.hint().empty()) << error.message();
    }
  }
}

}  // namespace
}  // namespace amphi
