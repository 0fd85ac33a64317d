// A made Blu-ray (tests/fixtures/make_bd.py): its clips copied, continued and told apart by angle.
#include <filesystem>
#include <fstream>
#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/handle.hpp"
#include "discs.hpp"
#include "reader/bluray_clips.hpp"
#include "reader/bluray_titles.hpp"
#include "reader/fault.hpp"
#include "reader/playlist_angles.hpp"
#include "reader/transport_stream.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

std::string bluray(const std::string& form = "disc.iso") {
  return test::disc_path("AMPHI_TEST_BLURAY", "bluray", form);
}

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::uint8_t> bytes_of(const std::string& text) {
  return {text.begin(), text.end()};
}

class Clips : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto* name : {"PLAYLIST", "CLIPINF", "STREAM"}) fs::create_directories(folder_ / "BDMV" / name);
    handle_ = Handle(::open((folder_ / "BDMV").c_str(), O_RDONLY | O_DIRECTORY));
    record_ = Handle(::open((folder_ / "record").c_str(), O_RDWR | O_CREAT, 0600));
  }

  SectorsResult copy(const std::string& reference, std::int64_t from = 0, const std::string& source = bluray()) {
    Events events(::open("/dev/null", O_WRONLY));
    return run_bluray_clips({source, reference, handle_.get(), record_.get(), from}, events);
  }
  fs::path stream(const std::string& name) const { return folder_ / "BDMV/STREAM" / name; }
  std::string original(const std::string& name) const { return content(bluray("bd/BDMV/STREAM/" + name)); }
  std::optional<Cause> cause_of(const std::string& reference, const std::string& source = bluray()) {
    try {
      copy(reference, 0, source);
    } catch (const WorkerFault& fault) {
      return fault.cause();
    }
    return std::nullopt;
  }

  test::Scratch folder_;
  Handle handle_, record_;
};

TEST_F(Clips, OfAPlaylistInOrderAndWhole) {
  const auto result = copy("mpls:00010");
  EXPECT_EQ(result.bad_sectors, 0);
  std::int64_t sectors = 0;
  for (const auto* name : {"00010.m2ts", "00011.m2ts", "00013.m2ts"}) {
    EXPECT_EQ(content(stream(name)), original(name)) << name;
    sectors += static_cast<std::int64_t>((original(name).size() + 2047) / 2048);
  }
  EXPECT_EQ(result.sectors, sectors);
  EXPECT_FALSE(fs::exists(stream("00012.m2ts")));
  EXPECT_EQ(content(folder_ / "BDMV/PLAYLIST/00010.mpls"), content(bluray("bd/BDMV/PLAYLIST/00010.mpls")));
  EXPECT_EQ(content(folder_ / "record"), fmt::format("{:016x}\n", sectors));
}

TEST_F(Clips, OfAnotherAngleUnderTheFirstOnesNames) {
  copy("mpls:00010.angle2");
  EXPECT_EQ(content(stream("00011.m2ts")), original("00012.m2ts"));
  EXPECT_EQ(content(folder_ / "BDMV/CLIPINF/00011.clpi"), content(bluray("bd/BDMV/CLIPINF/00012.clpi")));
}

TEST_F(Clips, OneThatNoPlaylistPlays) {
  copy("m2ts:00020");
  EXPECT_EQ(content(stream("00020.m2ts")), original("00020.m2ts"));
}

TEST_F(Clips, ContinueWhereTheyWereSafe) {
  const auto whole = copy("mpls:00010").sectors;
  const auto first = static_cast<std::int64_t>(original("00010.m2ts").size()) / 2048;
  for (const auto from : {std::int64_t{1}, first - 1, first, first + 5, whole}) {
    // What lies before is not read again: here it is something else.
    std::ofstream(stream("00010.m2ts"), std::ios::binary) << std::string(original("00010.m2ts").size(), 'x');
    std::ofstream(stream("00013.m2ts"), std::ios::binary | std::ios::app) << "and more";
    ASSERT_EQ(copy("mpls:00010", from).sectors, whole);
    const auto kept = static_cast<std::size_t>(std::min(from, first) * 2048);
    EXPECT_EQ(content(stream("00010.m2ts")), std::string(kept, 'x') + original("00010.m2ts").substr(kept)) << from;
    if (from < whole) {
      EXPECT_EQ(content(stream("00013.m2ts")), original("00013.m2ts")) << from;
    }
    std::ofstream(stream("00013.m2ts"), std::ios::binary) << original("00013.m2ts");
  }
}

TEST_F(Clips, ARecordThatCountsMoreThanIsThereIsNotBelieved) {
  const auto whole = copy("mpls:00010").sectors;
  fs::resize_file(stream("00011.m2ts"), 2048);
  copy("mpls:00010", whole);
  EXPECT_EQ(content(stream("00011.m2ts")), original("00011.m2ts"));
  fs::remove(stream("00010.m2ts"));
  copy("mpls:00010", whole);
  EXPECT_EQ(content(stream("00010.m2ts")), original("00010.m2ts"));
  copy("mpls:00010", whole + 1);
  EXPECT_EQ(content(stream("00013.m2ts")), original("00013.m2ts"));
}

TEST_F(Clips, DamageIsCountedAndEncryptionEndsIt) {
  const auto copy_of_disc = folder_ / "bd";
  fs::copy(bluray("bd"), copy_of_disc, fs::copy_options::recursive);
  const auto damaged = copy_of_disc / "BDMV/STREAM/00020.m2ts";
  auto bytes = content(damaged);
  std::fill_n(bytes.begin() + 5 * 2048, 2 * 2048, '\0');
  std::ofstream(damaged, std::ios::binary) << bytes;
  EXPECT_EQ(copy("m2ts:00020", 0, copy_of_disc).bad_sectors, 2);
  for (std::size_t i = 16; i < 6144; ++i) bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);  // as AACS leaves a unit
  bytes[0] = static_cast<char>(bytes[0] | 0xc0);
  std::ofstream(damaged, std::ios::binary) << bytes;
  EXPECT_EQ(cause_of("m2ts:00020", copy_of_disc), Cause::kKey);
}

TEST_F(Clips, WhatIsNotThere) {
  EXPECT_EQ(cause_of("mpls:00999"), Cause::kSource);
  EXPECT_EQ(cause_of("mpls:00010.angle3"), Cause::kSource);
  EXPECT_EQ(cause_of("m2ts:00999"), Cause::kMedium);
  EXPECT_THROW(copy("dvd:1"), Error);
  const auto copy_of_disc = folder_ / "bd";
  fs::copy(bluray("bd"), copy_of_disc, fs::copy_options::recursive);
  fs::remove(copy_of_disc / "BDMV/STREAM/00013.m2ts");
  EXPECT_EQ(cause_of("mpls:00010", copy_of_disc), Cause::kMedium);
}

TEST_F(Clips, TellWhichStreamsHavePackets) {
  copy("mpls:00010");
  const auto pids = run_bluray_streams({handle_.get()}).pids;
  const std::set<int> found(pids.begin(), pids.end());
  for (const int pid : {0x1011, 0x1100, 0x1101, 0x1200}) EXPECT_TRUE(found.contains(pid)) << pid;
  EXPECT_FALSE(found.contains(0x1102));
}

TEST(BlurayTitles, AnglesAndClipsThatNoPlaylistPlays) {
  const auto result = run_bluray_titles({bluray(), {10}, {20}});
  ASSERT_EQ(result.tracks.size(), 3u);
  EXPECT_EQ(result.tracks[0].segment_map, "10,11,13");
  EXPECT_EQ(result.tracks[1].reference, "mpls:00010.angle2");
  EXPECT_EQ(result.tracks[1].segment_map, "10,12,13");
  EXPECT_EQ(result.tracks[2].reference, "m2ts:00020");
  EXPECT_NEAR(result.tracks[2].duration_seconds, 7, 0.1);
  ASSERT_EQ(result.tracks[2].audio.size(), 1u);
  EXPECT_EQ(result.tracks[2].audio[0].language, "fre");
  ASSERT_EQ(result.tracks[0].audio.size(), 2u);
  EXPECT_EQ(result.tracks[0].audio[0].codec, "pcm_bluray");
  ASSERT_EQ(result.tracks[0].subtitles.size(), 1u);
}

TEST(PlaylistAngles, OfEveryItem) {
  const auto bytes = bytes_of(content(bluray("bd/BDMV/PLAYLIST/00010.mpls")));
  const std::vector<std::vector<std::string>> expected{{"00010"}, {"00011", "00012"}, {"00013"}};
  EXPECT_EQ(read_angles(bytes), expected);
}

TEST(PlaylistAngles, CutAnywhereOrWithWrongLengths) {
  const auto bytes = bytes_of(content(bluray("bd/BDMV/PLAYLIST/00010.mpls")));
  const auto whole = read_angles(bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::vector<std::uint8_t> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    const auto angles = read_angles(cut);
    EXPECT_TRUE(!angles || angles == whole) << size;
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const auto wrong : {0x00, 0x7f, 0xff}) {
      auto changed = bytes;
      changed[at] = static_cast<std::uint8_t>(wrong);
      read_angles(changed);  // an answer or none; a sanitizer says when it looks beyond
    }
  }
}

// A packet that begins a PES packet of `pid`: its flags, the fields that they announce, its extension.
std::vector<std::uint8_t> beginning(int pid, const std::vector<std::uint8_t>& pes, int adaptation = -1) {
  std::vector<std::uint8_t> packet{
      0, 0, 0, 0, 0x47, static_cast<std::uint8_t>(0x40 | pid >> 8), static_cast<std::uint8_t>(pid)};
  packet.push_back(adaptation < 0 ? 0x10 : 0x30);
  if (adaptation >= 0) {
    packet.push_back(static_cast<std::uint8_t>(adaptation));
    packet.insert(packet.end(), static_cast<std::size_t>(adaptation), 0xFF);
  }
  packet.insert(packet.end(), pes.begin(), pes.end());
  packet.resize(192, 0xFF);
  return packet;
}

FoundStreams streams_in(const std::vector<std::uint8_t>& packet) {
  FoundStreams found;
  collect_streams(packet, found);
  return found;
}

TEST(TransportStream, TrueHdTellsTheAc3WithinIt) {
  const std::vector<std::uint8_t> stamp{0x21, 0, 1, 0, 1}, extended{0, 0, 1, 0xFD, 0, 0, 0x80};
  const auto pes = [&](std::uint8_t flags, const std::vector<std::uint8_t>& fields,
                       const std::vector<std::uint8_t>& extension) {
    auto bytes = extended;
    bytes.push_back(flags);
    bytes.push_back(static_cast<std::uint8_t>(fields.size() + extension.size()));
    bytes.insert(bytes.end(), fields.begin(), fields.end());
    bytes.insert(bytes.end(), extension.begin(), extension.end());
    return bytes;
  };
  using Pids = std::set<int>;
  EXPECT_EQ(streams_in(beginning(0x1100, pes(0x81, stamp, {0x01, 0x81, 0x76}))).cores, Pids{0x1100});
  EXPECT_EQ(streams_in(beginning(0x1100, pes(0x81, stamp, {0x01, 0x81, 0x76}), 7)).cores, Pids{0x1100});
  EXPECT_EQ(streams_in(beginning(0x1100, pes(0x01, {}, {0x11, 0, 0, 0x81, 0x76}))).cores, Pids{0x1100});
  const auto true_hd = streams_in(beginning(0x1100, pes(0x81, stamp, {0x01, 0x81, 0x72})));
  EXPECT_EQ(true_hd.pids, Pids{0x1100});
  EXPECT_EQ(true_hd.cores, Pids{});
  EXPECT_EQ(streams_in(beginning(0x1100, pes(0x80, stamp, {}))).cores, Pids{});               // no extension
  EXPECT_EQ(streams_in(beginning(0x1100, pes(0x01, {}, {0x01, 0x81, 0xF6}))).cores, Pids{});  // no id in it
  EXPECT_EQ(streams_in(beginning(0x1100, {0, 0, 1, 0xBD, 0, 0, 0x80, 0x01, 3, 0x01, 0x81, 0x76})).cores, Pids{});
  EXPECT_EQ(streams_in(beginning(0x1100, pes(0x81, stamp, {0x01, 0x81, 0x76}), 182)).cores, Pids{});  // cut off
}

TEST(TransportStream, APacketMayLieAcrossSectors) {
  std::vector<std::uint8_t> stream(6144, 0);
  for (std::size_t at = 4; at < stream.size(); at += 192) stream[at] = 0x47;
  const auto kind = clip_sectors("00001.m2ts", 6144);
  const auto sector = [&](std::int64_t number) {
    return kind.inspect(number, std::span(stream).subspan(static_cast<std::size_t>(number) * 2048, 2048));
  };
  for (const std::int64_t number : {0, 1, 2}) EXPECT_EQ(sector(number), SectorState::kGood) << number;
  stream[4 + 192 * 11] = 0;  // the first that begins in the second sector
  EXPECT_EQ(sector(1), SectorState::kBad);
  EXPECT_EQ(sector(0), SectorState::kGood);
}

}  // namespace
}  // namespace amphi
