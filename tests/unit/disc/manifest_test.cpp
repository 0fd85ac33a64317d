// Optical Disc Manifests: what is taken, what is refused and by which rule. The samples are amphi's own; those of the
// format's authors are tried where they are.
#include <filesystem>
#include <functional>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/manifest.hpp"
#include "amphi/reader.hpp"
#include "disc/identifiers.hpp"
#include "disc/manifest.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using Json = nlohmann::json;

Json valid() {
  return Json::parse(R"({
    "schemaVersion": 1, "producer": {"name": "test", "version": "1"}, "capturedAt": "2026-01-02T03:04:05Z",
    "disc": {
      "format": "blu-ray", "name": "A_FILM",
      "identifiers": [{"kind": "thediscdb-content-hash", "value": ""}, {"kind": "matrix256", "value": ""}],
      "files": [{"path": "BDMV/PLAYLIST/00800.mpls", "sizeBytes": 512}, {"path": "BDMV/STREAM/00001.m2ts", "sizeBytes": 4096},
                {"path": "BDMV/STREAM/00002.m2ts", "sizeBytes": 8192}],
      "titles": [{
        "source": {"path": "BDMV/PLAYLIST/00800.mpls"}, "label": "The film", "durationSeconds": 5400.5, "sizeBytes": 12288,
        "chapterCount": 2, "chapters": [{"startSeconds": 0}, {"startSeconds": 2700, "durationSeconds": 2700.5}],
        "segments": [{"clip": "00001"}, {"clip": "00002", "startSeconds": 2700, "angle": 1}],
        "streams": [{"type": "video", "codec": "AVC", "resolution": "1920x1080", "aspectRatio": "16:9", "frameRate": 23.976},
                    {"type": "audio", "codec": "DTS-HD MA", "language": "deu", "audioLayout": "5.1", "sampleRate": 48000, "pid": 4352},
                    {"type": "subtitle", "codec": "PGS", "language": "eng"}]}]}})");
}

// With the hashes that its files give.
Json sealed(Json manifest) {
  std::vector<NamedSize> all, streams;
  for (const auto& file : manifest["disc"]["files"]) {
    const auto path = file["path"].get<std::string>();
    all.push_back({path, file["sizeBytes"]});
    if (path.starts_with("BDMV/STREAM/")) streams.push_back({path.substr(12), file["sizeBytes"]});
  }
  manifest["disc"]["identifiers"][0]["value"] = make_content_hash(streams);
  manifest["disc"]["identifiers"][1]["value"] = make_matrix256(all);
  return manifest;
}

// The rule's name; "" where the manifest is taken.
std::string rule_broken_by(const std::string& text) {
  try {
    parse_manifest(text);
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_FALSE(error.hint().empty());
    EXPECT_EQ(error.message().find('\n'), std::string::npos);
    return error.message().substr(0, error.message().find(':'));
  }
}

TEST(Manifest, BecomesADisc) {
  const auto disc = parse_manifest(sealed(valid()).dump());
  EXPECT_EQ(disc.kind, DiscKind::kBluray);
  EXPECT_TRUE(disc.provisional);
  EXPECT_TRUE(disc.fingerprint.starts_with("log-"));
  EXPECT_EQ(disc.volume_label, "A_FILM");
  EXPECT_TRUE(disc.warnings.empty());
  EXPECT_EQ(test::identifier(disc, "thediscdb-content-hash"),
            make_content_hash({{"00001.m2ts", 4096}, {"00002.m2ts", 8192}}));
  ASSERT_EQ(disc.tracks.size(), 1U);
  const auto& film = disc.tracks[0];
  EXPECT_EQ(film.reference, "mpls:00800");
  EXPECT_EQ(film.source_name, "00800.mpls");
  EXPECT_DOUBLE_EQ(film.duration_seconds, 5400.5);
  EXPECT_EQ(film.size_bytes, 12288);
  EXPECT_EQ(film.segment_map, "1,2");
  EXPECT_EQ(film.chapters, (std::vector<double>{0, 2700}));
  EXPECT_EQ(film.chapter_count, 2);
  EXPECT_EQ(film.resolution, (Resolution{1920, 1080}));
  ASSERT_EQ(film.audio.size(), 1U);
  EXPECT_EQ(film.audio[0].codec, "dts");
  EXPECT_EQ(film.audio[0].language, "ger");
  EXPECT_EQ(film.audio[0].channels, 6);
  EXPECT_EQ(film.audio[0].sample_rate, 48'000);
  EXPECT_EQ(film.audio[0].stream_id, 4352);
  ASSERT_EQ(film.subtitles.size(), 1U);
  EXPECT_EQ(film.subtitles[0].codec, "hdmv_pgs_subtitle");
}

TEST(Manifest, OfADvdNamesTitles) {
  auto manifest = valid();
  auto& disc = manifest["disc"];
  disc.erase("files");
  disc["format"] = "dvd";
  disc["identifiers"] =
      Json::parse(R"([{"kind": "thediscdb-content-hash", "value": "0633802636ACA37258C27FBDAEB527A6"}])");
  disc["titles"] = Json::parse(
      R"([{"source": {"title": 3, "titleSet": 2, "titleSetTitle": 1}, "segments": [{"clip": "1-11"}, {"clip": "12"}]}])");
  const auto read = parse_manifest(manifest.dump());
  EXPECT_EQ(read.kind, DiscKind::kDvd);
  ASSERT_EQ(read.tracks.size(), 1U);
  EXPECT_EQ(read.tracks[0].reference, "dvd:3");
  EXPECT_EQ(read.tracks[0].source_name, "VTS_02");
  EXPECT_EQ(read.tracks[0].segment_map, "1-11,12");
}

TEST(Manifest, OfTheOlderFormIsTakenAndSaid) {
  auto manifest = sealed(valid());
  manifest["extensions"] = Json::parse(R"({"com.example/x": {"any": [1, 2]}})");
  auto& audio = manifest["disc"]["titles"][0]["streams"][1];
  audio["sampleRate"] = "48 kHz";
  audio["codec"] = "DTS-HD Master Audio";
  audio["language"] = "en-US";
  manifest["disc"]["files"][0]["modifiedAt"] = "2020-01-01T00:00:00Z";
  const auto disc = parse_manifest(manifest.dump());
  ASSERT_EQ(disc.warnings.size(), 1U);
  EXPECT_EQ(disc.tracks[0].audio[0].codec, "dts");
  EXPECT_EQ(disc.tracks[0].audio[0].sample_rate, 48'000);
  EXPECT_EQ(disc.tracks[0].audio[0].language, "eng");
}

TEST(Manifest, EachRuleIsNamed) {
  const auto whole = sealed(valid());
  const std::vector<std::pair<std::string, std::function<void(Json&)>>> faults{
      {"schema-version-unsupported", [](Json& m) { m["schemaVersion"] = 2; }},
      {"property-missing", [](Json& m) { m.erase("producer"); }},
      {"property-missing", [](Json& m) { m["disc"]["titles"][0]["streams"][0].erase("codec"); }},
      {"property-type", [](Json& m) { m["disc"]["titles"] = 3; }},
      {"property-type", [](Json& m) { m["disc"]["files"][0]["sizeBytes"] = 1.5; }},
      {"property-value", [](Json& m) { m["disc"]["format"] = "vhs"; }},
      {"property-value", [](Json& m) { m["capturedAt"] = "yesterday"; }},
      {"unknown-property", [](Json& m) { m["disc"]["titles"][0]["index"] = 0; }},
      {"identifier-kind", [](Json& m) { m["disc"]["identifiers"][1]["kind"] = "crc"; }},
      {"identifier-value", [](Json& m) { m["disc"]["identifiers"][1]["value"] = "12"; }},
      {"content-hash-missing", [](Json& m) { m["disc"]["identifiers"].erase(0); }},
      {"content-hash-duplicate", [](Json& m) { m["disc"]["identifiers"].push_back(m["disc"]["identifiers"][0]); }},
      {"matrix256-duplicate", [](Json& m) { m["disc"]["identifiers"].push_back(m["disc"]["identifiers"][1]); }},
      {"content-hash-lowercase", [](Json& m) { m["disc"]["identifiers"][0]["value"] = std::string(32, 'a'); }},
      {"matrix256-uppercase", [](Json& m) { m["disc"]["identifiers"][1]["value"] = std::string(64, 'A'); }},
      {"content-hash-mismatch", [](Json& m) { m["disc"]["identifiers"][0]["value"] = std::string(32, 'A'); }},
      {"matrix256-mismatch", [](Json& m) { m["disc"]["identifiers"][1]["value"] = std::string(64, 'a'); }},
      {"files-empty", [](Json& m) { m["disc"]["files"] = Json::array(); }},
      {"file-path-absolute", [](Json& m) { m["disc"]["files"][0]["path"] = "/a"; }},
      {"file-path-backslash", [](Json& m) { m["disc"]["files"][0]["path"] = "a\\b"; }},
      {"file-path-parent-traversal", [](Json& m) { m["disc"]["files"][0]["path"] = "a/../b"; }},
      {"file-path-empty-segment", [](Json& m) { m["disc"]["files"][0]["path"] = "a//b"; }},
      {"file-path-duplicate", [](Json& m) { m["disc"]["files"].push_back(m["disc"]["files"][0]); }},
      {"title-source-empty", [](Json& m) { m["disc"]["titles"][0]["source"] = Json::object(); }},
      {"title-source-path", [](Json& m) { m["disc"]["titles"][0]["source"]["path"] = "BDMV/index.bdmv"; }},
      {"duration-negative", [](Json& m) { m["disc"]["titles"][0]["durationSeconds"] = -1; }},
      {"chapter-count-mismatch", [](Json& m) { m["disc"]["titles"][0]["chapterCount"] = 3; }},
      {"language-not-iso-639-2", [](Json& m) { m["disc"]["titles"][0]["streams"][1]["language"] = "en-US"; }},
      {"sample-rate-not-integer", [](Json& m) { m["disc"]["titles"][0]["streams"][1]["sampleRate"] = "48 kHz"; }},
      {"line21-field-out-of-range",
       [](Json& m) { m["disc"]["titles"][0]["streams"][0]["line21ClosedCaptionFields"] = {3}; }},
  };
  EXPECT_EQ(rule_broken_by(whole.dump()), "");
  for (const auto& [rule, spoil] : faults) {
    auto manifest = whole;
    spoil(manifest);
    EXPECT_EQ(rule_broken_by(manifest.dump()), rule);
  }
}

TEST(Manifest, TextThatIsNoneIsRefused) {
  EXPECT_EQ(rule_broken_by(""), "not-json");
  EXPECT_EQ(rule_broken_by("[1, 2"), "not-json");
  EXPECT_EQ(rule_broken_by("[]"), "property-type");
  EXPECT_EQ(rule_broken_by(R"({"schemaVersion": 1, "schemaVersion": 1})"), "duplicate-key");
  EXPECT_EQ(rule_broken_by(std::string(100'000, '[')), "too-deep");
  const auto whole = sealed(valid()).dump();
  for (std::size_t length = 0; length < whole.size(); length += 13)
    EXPECT_EQ(rule_broken_by(whole.substr(0, length)), "not-json");
}

std::string samples() {
  const char* given = std::getenv("AMPHI_TEST_DATA");
  return (given != nullptr ? std::string(given) : AMPHI_SOURCE_DIR "/../shared/data") + "/odm/tests";
}

TEST(ManifestSamples, AreTakenOrRefusedAsTheirAuthorsSay) {
  if (!test::fs::exists(samples())) GTEST_SKIP() << "SKIPPED: there are no samples in " << samples();
  int tried = 0;
  for (const auto& entry : test::fs::recursive_directory_iterator(samples())) {
    if (entry.path().extension() != ".json") continue;
    const auto rule = rule_broken_by(test::read_file(entry.path()));
    const bool invalid = entry.path().parent_path().filename().string().starts_with("invalid");
    EXPECT_EQ(rule, invalid ? entry.path().stem().string() : "") << entry.path();
    ++tried;
  }
  EXPECT_GT(tried, 10);
}

// --- writing

// As the catalog has a disc after it was scanned.
struct Known {
  Disc disc;
  std::vector<Track> tracks;
};
Known known_as(const ScannedDisc& scan) {
  Known known;
  known.disc.kind = scan.kind;
  known.disc.fingerprint = scan.fingerprint;
  known.disc.volume_label = scan.volume_label;
  known.disc.identifiers = scan.identifiers;
  known.disc.scanned_at = {1'700'000'000'000'000'000};
  for (const auto& track : scan.tracks) {
    known.tracks.emplace_back();
    known.tracks.back().scanned = track;
  }
  return known;
}

TEST(ManifestWriting, WhatIsWrittenReadsBackAsTheSameDisc) {
  const auto scan = parse_manifest(sealed(valid()).dump());
  const auto known = known_as(scan);
  const auto text = make_manifest(known.disc, known.tracks, scan.files, "1.2.3");
  const auto again = parse_manifest(text);
  EXPECT_EQ(again.kind, scan.kind);
  EXPECT_EQ(again.volume_label, scan.volume_label);
  EXPECT_EQ(again.identifiers, scan.identifiers);
  EXPECT_EQ(again.files, scan.files);
  ASSERT_EQ(again.tracks.size(), 1u);
  EXPECT_EQ(again.tracks[0], scan.tracks[0]);
  EXPECT_EQ(again.tracks[0].audio[0].profile, "DTS-HD MA");
  const auto manifest = Json::parse(text);
  EXPECT_EQ(manifest["producer"], Json({{"name", "amphi"}, {"version", "1.2.3"}}));
  EXPECT_EQ(manifest["capturedAt"], "2023-11-14T22:13:20.000Z");
  EXPECT_EQ(manifest["disc"]["titles"][0]["streams"][0]["codec"], "AVC");
}

TEST(ManifestWriting, WhatWasNotObservedIsLeftOut) {
  ScannedDisc scan = parse_manifest(sealed(valid()).dump());
  auto& track = scan.tracks[0];
  track.video_codec.clear();
  track.audio[0].language = "und";
  track.audio[0].channels = 0;
  track.chapters.clear();
  track.size_bytes = 0;
  scan.volume_label.clear();
  const auto known = known_as(scan);
  const auto disc = Json::parse(make_manifest(known.disc, known.tracks, {}, "1"))["disc"];
  EXPECT_FALSE(disc.contains("name"));
  EXPECT_FALSE(disc.contains("files"));
  const auto& title = disc["titles"][0];
  EXPECT_FALSE(title.contains("sizeBytes"));
  EXPECT_EQ(title["chapterCount"], 2);
  EXPECT_EQ(title["streams"][0]["type"], "audio");
  EXPECT_FALSE(title["streams"][0].contains("language"));
  EXPECT_FALSE(title["streams"][0].contains("audioLayout"));
}

TEST(ManifestWriting, ADvdsTitlesHaveTheirNumbersAndCells) {
  ScannedDisc scan;
  scan.files = {{"VIDEO_TS/VIDEO_TS.IFO", 2048}, {"VIDEO_TS/VTS_02_1.VOB", 4096}};
  ScannedTrack track;
  track.reference = "dvd:3";
  track.source_name = "VTS_02";
  track.video_codec = "mpeg2video";
  track.segment_map = "1-11,12";
  track.segments = {{1, 0, 99, 300.5}};
  track.audio = {{0, "ac3", "", "eng", 6, 48000, "", {}, 0x80}};
  scan.tracks = {track};
  const auto known = known_as(scan);
  const auto title = Json::parse(make_manifest(known.disc, known.tracks, scan.files, "1"))["disc"]["titles"][0];
  EXPECT_EQ(title["source"], Json({{"title", 3}, {"titleSet", 2}}));
  EXPECT_EQ(title["segments"], Json::parse(R"([{"clip": "1-11"}, {"clip": "12"}])"));
  EXPECT_EQ(title["streams"][0]["codec"], "MPEG-2");
  EXPECT_FALSE(title["streams"][1].contains("pid"));  // a DVD has none
  EXPECT_EQ(title["streams"][1]["audioLayout"], "5.1");
}

TEST(ManifestWriting, OtherAnglesVanishedTracksAndBareNumbersAreNoTitles) {
  auto scan = parse_manifest(sealed(valid()).dump());
  for (const auto* reference : {"mpls:00800.angle2", "title:4", "dvd:100"}) {
    scan.tracks.push_back(scan.tracks[0]);
    scan.tracks.back().reference = reference;
  }
  auto known = known_as(scan);
  known.tracks.push_back(known.tracks[0]);
  known.tracks.back().vanished = true;
  EXPECT_EQ(Json::parse(make_manifest(known.disc, known.tracks, {}, "1"))["disc"]["titles"].size(), 1u);
}

TEST(ManifestWriting, AListThatTheFormatCannotSayIsLeftOutAndTheHashStays) {
  const auto scan = parse_manifest(sealed(valid()).dump());
  const auto known = known_as(scan);
  for (const auto* path : {"BDMV/a\\b", "BDMV/\xff.m2ts", "BDMV/a\nb"}) {
    auto files = scan.files;
    files.push_back({path, 1});
    const auto text = make_manifest(known.disc, known.tracks, files, "1");
    EXPECT_FALSE(Json::parse(text)["disc"].contains("files")) << path;
    EXPECT_EQ(parse_manifest(text).identifiers, scan.identifiers) << path;
  }
}

TEST(ManifestWriting, WithoutAContentHashThereIsNone) {
  auto known = known_as(parse_manifest(sealed(valid()).dump()));
  known.disc.identifiers.clear();
  const auto kind_of = [&] {
    try {
      make_manifest(known.disc, known.tracks, {}, "1");
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kUnexpected;
  };
  EXPECT_EQ(kind_of(), ErrorKind::kUnavailable);
  known.disc.kind = DiscKind::kCd;
  EXPECT_EQ(kind_of(), ErrorKind::kUsage);
}

}  // namespace
}  // namespace amphi
