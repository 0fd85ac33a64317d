#include "reader/title_layout.hpp"

#include <gtest/gtest.h>

#include "discs.hpp"
#include "media/stream_index.hpp"
#include "media/time_line.hpp"
#include "reader/fault.hpp"

namespace amphi::test {
namespace {

std::optional<Cause> cause_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const WorkerFault& fault) {
    return fault.cause();
  }
  return std::nullopt;
}

TEST(DvdTime, CountsNtscFramesWithoutDropping) {
  EXPECT_DOUBLE_EQ(seconds_of({0, 0x01, 0x30, 0x40 | 0x12}), 90 + 12 / 25.0);
  EXPECT_DOUBLE_EQ(seconds_of({0x01, 0, 0, 0xc0 | 0x29}), (3600 * 30 + 29) * 1001 / 30000.0);
}

TEST(TitleLayout, TellsWhatTheIfosDeclare) {
  const auto layout = load_title(DvdDisc(pal()), 1);
  EXPECT_EQ(layout.title_set, 1);
  EXPECT_EQ(layout.cells.size(), 12U);
  EXPECT_EQ(layout.chapters.size(), 12U);
  ASSERT_EQ(layout.audio.size(), 2U);
  EXPECT_EQ(layout.audio[0].stream_id, 0x80);
  EXPECT_EQ(layout.audio[1].stream_id, 0x81);
  EXPECT_EQ(layout.audio[1].language, "ger");
  ASSERT_EQ(layout.subtitles.size(), 1U);
  EXPECT_EQ(layout.subtitles[0].stream_id, 0x20);
  EXPECT_EQ(layout.subtitles[0].language, "eng");
  EXPECT_EQ(layout.video.aspect, Aspect::k16x9);
  EXPECT_EQ(layout.video.height, 576);
  EXPECT_EQ(load_title(DvdDisc(ntsc()), 2).video.height, 480);
  EXPECT_EQ(load_title(DvdDisc(ntsc()), 2).video.aspect, Aspect::k4x3);
}

TEST(TitleLayout, IsTheSameFromImageAndFolder) {
  const auto image = load_title(DvdDisc(pal()), 2), folder = load_title(DvdDisc(pal("dvd")), 2);
  EXPECT_EQ(image.sectors(), folder.sectors());
  EXPECT_EQ(image.palette, folder.palette);
  EXPECT_FALSE(DvdDisc(pal()).is_folder());
  EXPECT_TRUE(DvdDisc(pal("dvd")).is_folder());
}

TEST(TitleLayout, NamesWhatIsNotThere) {
  const DvdDisc disc(pal());
  for (const int title : {-1, 0, 6, 99}) EXPECT_EQ(cause_of([&] { load_title(disc, title); }), Cause::kSource) << title;
  EXPECT_EQ(cause_of([] { DvdDisc("/nowhere/at/all"); }), Cause::kSource);
  EXPECT_EQ(cause_of([] { load_title(DvdDisc(AMPHI_SOURCE_DIR), 1); }), Cause::kSource);
}

Cell cell(int number, std::int64_t first, std::int64_t last, bool interleaved = false) {
  Cell made;
  made.number = number;
  made.first = first;
  made.last = last;
  made.last_vobu = first;
  made.interleaved = interleaved;
  made.declared_seconds = 1;
  return made;
}

// Two angles of two VOBUs each, in turns; a VOBU has a NAV pack and one more.
std::vector<Sector> two_angles() {
  const auto filler = pes_pack(0xe0);
  return {nav_pack({0, 0, 100, 1, 4}),    filler, nav_pack({2, 0, 100, 1, 4}),    filler,
          nav_pack({4, 100, 200, 1, -1}), filler, nav_pack({6, 100, 200, 1, -1}), filler};
}

TEST(CellPlaces, FollowsOneAngleThroughInterleavedUnits) {
  MemorySectors vobs(two_angles());
  std::vector<Cell> cells{cell(1, 0, 5, true), cell(3, 6, 7)};
  place_cells(cells, vobs);
  EXPECT_EQ(cells[0].extents, (std::vector<Extent>{{0, 2}, {4, 2}}));
  EXPECT_EQ(cells[0].sectors, 4);
  EXPECT_EQ(cells[0].last_vobu_at, 2);
  EXPECT_EQ(cells[1].at, 4);
  EXPECT_EQ(locate(cells, 0), (Extent{0, 2}));
  EXPECT_EQ(locate(cells, 3), (Extent{5, 1}));
  EXPECT_EQ(locate(cells, 4), (Extent{6, 2}));
  EXPECT_EQ(cell_at(cells, 3).number, 1);
  EXPECT_EQ(cell_at(cells, 4).number, 3);
}

TEST(CellPlaces, AChainThatLeavesItsCellIsDamage) {
  for (const std::int64_t next : {std::int64_t{0}, std::int64_t{1}, std::int64_t{6}, std::int64_t{0x3ffffffe}}) {
    auto sectors = two_angles();
    sectors[0] = nav_pack({0, 0, 100, 1, next});
    MemorySectors vobs(sectors);
    std::vector<Cell> cells{cell(1, 0, 5, true)};
    EXPECT_EQ(cause_of([&] { place_cells(cells, vobs); }), Cause::kMedium) << next;
  }
  auto sectors = two_angles();
  sectors[0] = nav_pack({0, 0, 100, 0xffffffff, 4});
  MemorySectors vobs(sectors);
  std::vector<Cell> cells{cell(1, 0, 5, true)};
  EXPECT_EQ(cause_of([&] { place_cells(cells, vobs); }), Cause::kMedium);
}

TEST(TimeLine, PutsCellsOneAfterTheOther) {
  std::vector<Sector> sectors;  // one after the other: g++ 12 with -O2 makes a wrong list of three
  for (const NavFields& nav : {NavFields{0, 5000, 95000}, NavFields{1, 300, 45300}, NavFields{2, 45300, 90300}})
    sectors.push_back(nav_pack(nav));
  MemorySectors vobs(sectors);
  std::vector<Cell> cells{cell(1, 0, 0), cell(2, 1, 2)};
  cells[1].last_vobu = 2;
  place_cells(cells, vobs);
  const auto line = make_time_line(cells, vobs);
  EXPECT_EQ(line.cells[0].start, 0);
  EXPECT_EQ(line.cells[0].offset, kLead - 5000);
  EXPECT_EQ(line.cells[1].start, 90000);
  EXPECT_EQ(line.cells[1].length, 90000);
  EXPECT_EQ(line.cells[1].offset, 90000 - 300 + kLead);
  EXPECT_EQ(line.length(), 180000);
}

TEST(TimeLine, TrustsTheIfoWhereANavPackIsGone) {
  const Sector zeros{};
  for (const auto& [first, last, offset] : std::vector<std::tuple<Sector, Sector, std::int64_t>>{
           {zeros, nav_pack({1, 0, 95000}), kLead - 5000},
           {nav_pack({0, 5000, 50000}), zeros, kLead - 5000},
           {zeros, zeros, kLead},
           {nav_pack({0, 5000, 9}), nav_pack({1, 9, 5000}), kLead - 5000}}) {
    MemorySectors vobs({first, last});
    std::vector<Cell> cells{cell(1, 0, 1)};
    cells[0].last_vobu = 1;
    place_cells(cells, vobs);
    const auto line = make_time_line(cells, vobs);
    EXPECT_EQ(line.length(), 90000);
    EXPECT_EQ(line.cells[0].offset, offset);
  }
}

TEST(TimeLine, IsThatOfTheNavPacksNotOfTheIfo) {
  for (const auto& [path, seconds] : {std::pair{pal(), 90.0}, std::pair{ntsc(), 90.023}}) {
    const DvdDisc disc(path);
    const auto layout = load_title(disc, 1);
    auto vobs = disc.vobs(layout.title_set);
    EXPECT_NEAR(static_cast<double>(make_time_line(layout.cells, vobs).length()) / 90000, seconds, 0.04) << path;
  }
}

TEST(StreamIndex, FindsWhatIsThereAndReadsNoFurther) {
  const DvdDisc disc(pal());
  const auto layout = load_title(disc, 1);
  auto vobs = disc.vobs(layout.title_set);
  const auto index = index_streams(layout, vobs);
  EXPECT_GT(index.at(kVideoStream).packets, 0);
  EXPECT_EQ(index.at(0x80).format, (AudioFormat{2, 48000, 0}));
  EXPECT_EQ(index.at(0x81).format, (AudioFormat{2, 48000, 0}));
  EXPECT_GT(index.at(0x20).packets, 0);
}

TEST(StreamIndex, ADeclaredStreamWithoutPacketsHasNone) {
  std::vector<Sector> sectors(3000, pes_pack(0xe0));
  MemorySectors title(sectors);
  TitleLayout layout;
  layout.cells = {cell(1, 0, 2999)};
  place_cells(layout.cells, title);
  layout.audio.push_back({0x80, DvdAudioCodec::kAc3, "eng", {}, {}});
  const auto index = index_streams(layout, title);
  EXPECT_EQ(index.at(0x80).packets, 0);
  EXPECT_EQ(index.at(kVideoStream).packets, 1);
  EXPECT_GT(title.reads, 5);
  layout.audio.clear();
  title.reads = 0;
  index_streams(layout, title);
  EXPECT_EQ(title.reads, 1);
}

}  // namespace
}  // namespace amphi::test
