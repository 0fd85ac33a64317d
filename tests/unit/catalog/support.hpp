// What the catalog's tests share: a folder of their own, a clock that only they move, and discs.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "amphi/catalog.hpp"
#include "amphi/classify.hpp"
#include "amphi/error.hpp"
#include "scratch.hpp"

namespace amphi::testing {

class TempFolder {
 public:
  std::string operator/(const std::string& name) const { return scratch_.path(name); }
  std::filesystem::path path() const { return scratch_.path(); }

 private:
  test::Scratch scratch_;
};

// A second later at each look.
struct TestClock {
  std::int64_t seconds = 1'700'000'000;
  std::function<Timestamp()> tick() {
    return [this] { return Timestamp{++seconds * 1'000'000'000 + 7}; };
  }
};

struct CatalogTest : ::testing::Test {
  TempFolder folder;
  TestClock clock;
  std::string file = folder / "catalog.db";

  Catalog open(Catalog::Mode mode = Catalog::Mode::kReadWrite) { return Catalog::open(file, mode, clock.tick()); }
};

inline std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_bytes(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline Error error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(ErrorKind::kUnexpected, "");
}

inline std::string fingerprint(const std::string& start, const std::string& prefix = "dvd-") {
  return prefix + start + std::string(64 - start.size(), '0');
}

inline ScannedTrack track(int number, const std::string& reference, double seconds = 600) {
  ScannedTrack t;
  t.number = number;
  t.reference = reference;
  t.duration_seconds = seconds;
  t.size_bytes = 123456789;
  t.video_codec = "mpeg2video";
  t.resolution = Resolution{720, 576};
  t.aspect = "16:9";
  t.frame_rate = 25;
  t.chapter_count = 2;
  t.chapters = {0, 300.5};
  t.segment_map = std::to_string(number) + "-9";
  t.segments = {{1, 0, 99, 300.5}, {2, 100, 199, 299.5}};
  t.audio = {{0, "dts", "DTS-HD MA", "eng", 6, 48000, "", {}, 0x80},
             {1, "ac3", "", "ger", 2, 48000, "Kommentar", {.commentary = true}, 0x81}};
  t.subtitles = {{0, "dvd_subtitle", "eng", "", {}, 0x20}};
  t.source_name = "VTS_01";
  return t;
}

inline ScannedDisc disc(const std::string& start = "a1b2c3d4", int tracks = 3) {
  ScannedDisc d;
  d.fingerprint = fingerprint(start);
  d.volume_label = "THE_FILM";
  d.identifiers = {{"dvd-disc-id", "45E55078D9468F0F2426CC58077ACC" + start.substr(0, 2)},
                   {"thediscdb-content-hash", "C0FFEE00" + start}};
  d.source = {SourceKind::kImage, "/images/film.iso"};
  for (int i = 1; i <= tracks; ++i) d.tracks.push_back(track(i, "dvd:" + std::to_string(i), 600.0 * i));
  return d;
}

// The first track is the main feature, the others are trailers.
inline std::vector<Classification> classes(const ScannedDisc& d) {
  std::vector<Classification> types(d.tracks.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    types[i] = {i == 0 ? TrackType::kMainFeature : TrackType::kTrailers, 0.9, "high", {"the longest"}};
  }
  return types;
}

inline DiscId store(Catalog& catalog, const ScannedDisc& d) {
  return catalog.store_scan(d, classes(d)).disc_id;
}

inline Receipt receipt(Stage stage, const std::string& path) {
  Receipt r;
  r.step_id = "0123456789abcdef";
  r.stage = stage;
  r.fingerprint = fingerprint("a1b2c3d4");
  r.reference = "dvd:1";
  r.root = "/srv";
  r.path = path;
  r.size_bytes = 4'400'000'000;
  r.mtime_ns = 1'690'000'000'123'456'789;
  r.inode = 0xFFFF'FFFF'FFFF'FFF0;
  r.media = {5400.25, 1, 2, 3, 12};
  r.tool = "libdvdread";
  r.tool_version = "6.1.3";
  r.same_inode = {"/srv/other name.mkv"};
  r.created_at = {1'690'000'001'000'000'123};
  return r;
}

}  // namespace amphi::testing
