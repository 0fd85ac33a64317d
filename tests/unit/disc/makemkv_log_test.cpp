#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "disc/makemkv_log.hpp"
#include "support.hpp"

namespace amphi {
namespace {

std::string sample(const std::string& name) {
  return test::read_file(AMPHI_SOURCE_DIR "/tests/unit/disc/data/" + name);
}

TEST(MakemkvLog, BlurayDiscAndItsLabel) {
  const auto disc = parse_makemkv_log(sample("bluray.log"));
  EXPECT_EQ(disc.kind, DiscKind::kBluray);
  EXPECT_EQ(disc.volume_label, "RIVER_TALES");
  EXPECT_TRUE(disc.encrypted);
  EXPECT_TRUE(disc.provisional);
  EXPECT_FALSE(disc.partial);
  EXPECT_TRUE(disc.warnings.empty());
  EXPECT_EQ(disc.fingerprint, "log-f0e10a6d1ed0d949a370857ebf0413555220e65cc95b8e1c873c4694cbbe6c3f");
  EXPECT_EQ(test::identifier(disc, "amphi"), disc.fingerprint);
}

TEST(MakemkvLog, TitlesAreTracks) {
  const auto disc = parse_makemkv_log(sample("bluray.log"));
  ASSERT_EQ(disc.tracks.size(), 3U);
  const auto& film = disc.tracks[0];
  EXPECT_EQ(film.number, 0);
  EXPECT_EQ(film.reference, "mpls:00800");
  EXPECT_EQ(film.source_name, "00800.mpls");
  EXPECT_DOUBLE_EQ(film.duration_seconds, 6726);
  EXPECT_EQ(film.size_bytes, 30064771072);
  EXPECT_EQ(film.chapter_count, 20);
  EXPECT_TRUE(film.chapters.empty());
  EXPECT_EQ(film.segment_map, "12,13,15");
  EXPECT_EQ(film.resolution, (Resolution{1920, 1080}));
  EXPECT_DOUBLE_EQ(film.frame_rate, 24000.0 / 1001);
  EXPECT_EQ(film.ripper_note, "FPL_MainFeature");
  EXPECT_EQ(disc.tracks[1].reference, "mpls:00801.angle2");
  EXPECT_EQ(disc.tracks[1].chapter_count, 0);
  EXPECT_DOUBLE_EQ(disc.tracks[1].frame_rate, 25);
  EXPECT_EQ(disc.tracks[2].reference, "m2ts:00021");
}

TEST(MakemkvLog, AnglesThatOnlyAMessageTells) {
  const auto added = [](int angle, int title) {
    return fmt::format(
        "MSG:3308,0,3,\"File 00800.mpls (angle {0}) was added as title #{1}\",\"File %1 (angle %2) was added as title "
        "#%3\",\"00800.mpls\",\"{0}\",\"{1}\"\n",
        angle, title);
  };
  std::string log = added(1, 0) + added(2, 1) + "CINFO:1,6209,\"Blu-ray disc\"\nTCOUNT:2\n";
  for (int title = 0; title < 2; ++title)
    log += fmt::format(
        "TINFO:{0},9,0,\"1:30:00\"\nTINFO:{0},16,0,\"00800.mpls\"\nSINFO:{0},0,1,6201,\"Video\"\n"
        "SINFO:{0},0,42,5088,\"( Lossless conversion )\"\n",
        title);
  const auto disc = parse_makemkv_log(log);
  ASSERT_EQ(disc.tracks.size(), 2u);
  EXPECT_EQ(disc.tracks[0].reference, "mpls:00800");
  EXPECT_EQ(disc.tracks[1].reference, "mpls:00800.angle2");
}

TEST(MakemkvLog, StreamsHaveLanguagesAndFlags) {
  const auto film = parse_makemkv_log(sample("bluray.log")).tracks[0];
  ASSERT_EQ(film.audio.size(), 4U);
  EXPECT_EQ(film.audio[0].codec, "dts");
  EXPECT_EQ(film.audio[0].channels, 6);
  EXPECT_EQ(film.audio[0].sample_rate, 48000);
  EXPECT_EQ(film.audio[0].name, "Surround 5.1");
  EXPECT_TRUE(film.audio[0].flags.is_default);
  EXPECT_EQ(film.audio[1].language, "ger");
  EXPECT_FALSE(film.audio[1].flags.is_default);
  EXPECT_TRUE(film.audio[2].flags.commentary);
  EXPECT_TRUE(film.audio[3].flags.visual_impaired);
  EXPECT_EQ(film.audio[3].index, 3);
  ASSERT_EQ(film.subtitles.size(), 2U);
  EXPECT_EQ(film.subtitles[0].codec, "hdmv_pgs_subtitle");
  EXPECT_EQ(film.subtitles[1].language, "chi");
  EXPECT_TRUE(film.subtitles[1].flags.forced);
  EXPECT_FALSE(film.subtitles[0].flags.forced);
}

TEST(MakemkvLog, DvdIsToldByTheDiscTypeAndTitlesByTheirOriginalNumber) {
  const auto disc = parse_makemkv_log(sample("dvd.log"));
  EXPECT_EQ(disc.kind, DiscKind::kDvd);
  EXPECT_FALSE(disc.encrypted);
  EXPECT_FALSE(disc.partial);
  ASSERT_EQ(disc.tracks.size(), 2U);
  EXPECT_EQ(disc.tracks[0].reference, "dvd:1");
  EXPECT_EQ(disc.tracks[1].reference, "dvd:3");
  EXPECT_EQ(disc.tracks[1].number, 1);
  EXPECT_TRUE(disc.tracks[0].subtitles[1].flags.hearing_impaired);
  EXPECT_EQ(test::identifier(disc, "thediscdb-content-hash"), "");
}

TEST(MakemkvLog, PictureOf3840TellsUhd) {
  auto text = sample("bluray.log");
  for (auto at = text.find("1920x1080"); at != std::string::npos; at = text.find("1920x1080"))
    text.replace(at, 9, "3840x2160");
  EXPECT_EQ(parse_makemkv_log(text).kind, DiscKind::kUhd);
}

TEST(MakemkvLog, ContentHashComesFromWholeFileListsOnly) {
  const auto text = sample("bluray.log");
  EXPECT_EQ(test::identifier(parse_makemkv_log(text), "thediscdb-content-hash"), "FCF2ADA88B4D53E99BA3CD88A040C9FD");
  for (const auto* cut : {"HSH:4", "HSH:0", "HSH:1"}) {
    auto shorter = text;
    shorter.erase(shorter.find(cut), shorter.find('\n', shorter.find(cut)) + 1 - shorter.find(cut));
    const auto disc = parse_makemkv_log(shorter);
    EXPECT_EQ(test::identifier(disc, "thediscdb-content-hash"), "") << cut;
    EXPECT_TRUE(disc.partial) << cut;
  }
  EXPECT_EQ(test::identifier(parse_makemkv_log(text.substr(0, text.size() - 2)), "thediscdb-content-hash"), "");
}

TEST(MakemkvLog, FingerprintHangsOnTheTitlesAlone) {
  const auto text = sample("dvd.log");
  auto renamed = text;
  renamed.replace(renamed.find("HARBOUR"), 7, "ANOTHER");
  EXPECT_EQ(parse_makemkv_log(renamed).fingerprint, parse_makemkv_log(text).fingerprint);
  auto longer = text;
  longer.replace(longer.find("0:02:00"), 7, "0:02:01");
  EXPECT_NE(parse_makemkv_log(longer).fingerprint, parse_makemkv_log(text).fingerprint);
}

// What a truncated log still says must be what the whole one says.
void expect_part_of(const ScannedDisc& part, const ScannedDisc& whole) {
  ASSERT_LE(part.tracks.size(), whole.tracks.size());
  for (std::size_t i = 0; i < part.tracks.size(); ++i) {
    const auto &seen = part.tracks[i], &truth = whole.tracks[i];
    EXPECT_EQ(seen.reference, truth.reference);
    EXPECT_EQ(seen.duration_seconds, truth.duration_seconds);
    EXPECT_EQ(seen.size_bytes, truth.size_bytes);
    EXPECT_EQ(seen.segment_map, truth.segment_map);
    EXPECT_LE(seen.audio.size(), truth.audio.size());
    // A log cut between two streams of its last title cannot be told from a whole one.
    const bool last = i + 1 == part.tracks.size();
    if (!part.partial && !last) {
      EXPECT_EQ(seen, truth);
    }
  }
  const auto hash = test::identifier(part, "thediscdb-content-hash");
  EXPECT_TRUE(hash.empty() || hash == test::identifier(whole, "thediscdb-content-hash")) << hash;
}

TEST(MakemkvLog, EveryTruncationGivesWhatIsCertain) {
  for (const auto* name : {"bluray.log", "dvd.log"}) {
    const auto text = sample(name);
    const auto whole = parse_makemkv_log(text);
    for (std::size_t size = 0; size < text.size(); ++size) {
      SCOPED_TRACE(testing::Message() << name << " cut at " << size);
      try {
        expect_part_of(parse_makemkv_log(std::string_view(text).substr(0, size)), whole);
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      }
    }
  }
}

TEST(MakemkvLog, CutInTheMiddleIsPartial) {
  const auto text = sample("bluray.log");
  const auto disc = parse_makemkv_log(text.substr(0, text.find("TINFO:2,")));
  EXPECT_TRUE(disc.partial);
  EXPECT_EQ(disc.tracks.size(), 2U);
  ASSERT_EQ(disc.warnings.size(), 1U);
  EXPECT_EQ(disc.warnings[0], "the log ends early: 2 of 3 titles are whole");
}

TEST(MakemkvLog, TextThatIsNoLogIsUsage) {
  for (const auto* text : {"", "hello\n", "MSG:1005,0,1,\"MakeMKV started\",\"%1\",\"x\"\n", "TCOUNT:0\n"}) {
    EXPECT_THROW(parse_makemkv_log(text), Error) << text;
  }
}

TEST(MakemkvLog, FailedScanSaysWhatMakemkvconSaid) {
  try {
    parse_makemkv_log("MSG:5052,516,0,\"This version is too old\",\"x\"\nTCOUNT:0\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("This version is too old"), std::string::npos);
    EXPECT_NE(error.hint().find("key"), std::string::npos);
  }
}

TEST(MakemkvLog, DurationsAndRatesAreNumbers) {
  std::string duration = "9";
  for (int i = 0; i < 200; ++i) duration += ":9";
  const auto disc = parse_makemkv_log("CINFO:1,6209,\"Blu-ray disc\"\nTINFO:0,9,0,\"" + duration +
                                      "\"\nSINFO:0,0,1,6201,\"Video\"\nSINFO:0,0,21,0,\"25 (1e300/1e-300)\"\n");
  ASSERT_EQ(disc.tracks.size(), 1U);
  EXPECT_EQ(disc.tracks[0].duration_seconds, 0);
  EXPECT_EQ(disc.tracks[0].frame_rate, 25);
}

TEST(MakemkvLog, HostileNumbersAndNamesDoNoHarm) {
  const auto disc = parse_makemkv_log(
      "CINFO:1,6209,\"Blu-ray disc\"\nTCOUNT:99999999999999999999\n"
      "TINFO:0,9,0,\"99999999999:99:99\"\nTINFO:0,16,0,\"../../etc/"
      "passwd\"\nTINFO:0,11,0,\"-5\"\nTINFO:0,8,0,\"777777777777\"\n"
      "TINFO:99999999,9,0,\"1:00:00\"\nTINFO:-1,9,0,\"1:00:00\"\nSINFO:0,0,1,6202,\"Audio\"\nSINFO:0,0,14,0,"
      "\"99999999999\"\n"
      "SINFO:0,0,3,0,\"\x01\x02\"\n");
  ASSERT_EQ(disc.tracks.size(), 1U);
  EXPECT_EQ(disc.tracks[0].reference, "title:0");
  EXPECT_EQ(disc.tracks[0].size_bytes, 0);
  EXPECT_EQ(disc.tracks[0].duration_seconds, 0);
  EXPECT_EQ(disc.tracks[0].audio[0].channels, 0);
  EXPECT_EQ(disc.tracks[0].audio[0].language, "und");
}

// --- the real logs, where they are

TEST(MakemkvLogsOfRealDiscs, KindTitlesAndContentHashAreTrue) {
  const auto folder = test::log_folder();
  std::size_t seen = 0;
  const auto index =
      folder.empty() ? nlohmann::json::array() : nlohmann::json::parse(test::read_file(folder + "/index.json"));
  for (const auto& entry : index) {
    const auto base = folder + "/" + entry["slug"].get<std::string>() + "/" + entry["disc"].get<std::string>();
    if (!test::fs::exists(base + ".txt")) continue;
    SCOPED_TRACE(base);
    const auto disc = parse_makemkv_log(test::read_file(base + ".txt"));
    const auto truth = nlohmann::json::parse(test::read_file(base + ".json"));
    EXPECT_EQ(test::identifier(disc, "thediscdb-content-hash"), truth["ContentHash"].get<std::string>());
    const auto format = entry["format"].get<std::string>();
    EXPECT_EQ(disc.kind, format == "DVD" ? DiscKind::kDvd : format == "UHD" ? DiscKind::kUhd : DiscKind::kBluray);
    EXPECT_EQ(disc.tracks.size(), entry["n_titles"].get<std::size_t>());
    EXPECT_FALSE(disc.partial);
    ++seen;
  }
  EXPECT_EQ(seen, folder.empty() ? 0U : 4U);
}

TEST(MakemkvLogsOfRealDiscs, TruncationsGiveWhatIsCertain) {
  const auto folder = test::log_folder();
  if (folder.empty()) return;  // the samples above stand for them
  for (const auto& entry : test::fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    const auto text = test::read_file(entry.path());
    const auto whole = parse_makemkv_log(text);
    for (std::size_t size = 0; size < text.size(); size += 997) {
      SCOPED_TRACE(testing::Message() << entry.path() << " cut at " << size);
      try {
        expect_part_of(parse_makemkv_log(std::string_view(text).substr(0, size)), whole);
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      }
    }
  }
}

}  // namespace
}  // namespace amphi
