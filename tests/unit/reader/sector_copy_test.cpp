#include "reader/sector_copy.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/handle.hpp"
#include "discs.hpp"
#include "reader/fault.hpp"
#include "scratch.hpp"

namespace amphi::test {
namespace {

std::vector<Sector> numbered(int count) {
  std::vector<Sector> sectors;
  for (int i = 0; i < count; ++i) {
    sectors.push_back(pes_pack(0xe0));
    put32(sectors.back(), 100, static_cast<std::uint32_t>(i));
  }
  return sectors;
}

class SectorCopy : public ::testing::Test {
 protected:
  void SetUp() override {
    out_ = open_new("out");
    record_ = open_new("record");
    cells_.push_back({});
    cells_[0].number = 1;
    cells_[0].last = 1999;
  }
  Handle open_new(const std::string& name) { return Handle(::open((folder_ / name).c_str(), O_RDWR | O_CREAT, 0600)); }

  SectorsResult copy(MemorySectors& vobs, std::int64_t from = 0) {
    place_cells(cells_, vobs);
    DurableSectors out(out_.get(), record_.get(), from);
    Events events(::open("/dev/null", O_WRONLY));
    return copy_sectors(vobs, cells_, vob_sectors(), {0, vobs.sectors()}, out, events);
  }

  std::string text(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::uint32_t number_at(std::int64_t sector) const {
    Sector bytes{};
    EXPECT_EQ(::pread(out_.get(), bytes.data(), bytes.size(), sector * static_cast<std::int64_t>(kSectorSize)), 2048);
    return be32(bytes, 100);
  }
  std::optional<Cause> cause_of(MemorySectors& vobs) {
    try {
      copy(vobs);
    } catch (const WorkerFault& fault) {
      return fault.cause();
    }
    return std::nullopt;
  }

  test::Scratch scratch_;
  std::filesystem::path folder_ = scratch_.path();
  Handle out_, record_;
  std::vector<Cell> cells_;
};

TEST_F(SectorCopy, CopiesAndRecords) {
  MemorySectors vobs(numbered(2000));
  const auto result = copy(vobs);
  EXPECT_EQ(result.sectors, 2000);
  EXPECT_EQ(result.bad_sectors, 0);
  EXPECT_EQ(text("record"), "00000000000007d0\n");
  EXPECT_EQ(number_at(1999), 1999U);
}

TEST_F(SectorCopy, AnUnreadableSectorBecomesZerosAndIsCounted) {
  MemorySectors vobs(numbered(2000));
  vobs.unreadable = {0, 511, 512, 1999};
  EXPECT_EQ(copy(vobs).bad_sectors, 4);
  for (const auto sector : vobs.unreadable) EXPECT_EQ(number_at(sector), 0U) << sector;
  for (const std::int64_t sector : {1, 510, 513, 1998}) EXPECT_EQ(number_at(sector), sector);
  EXPECT_EQ(text("out").size(), 2000 * kSectorSize);
}

TEST_F(SectorCopy, ASourceThatEndsEarlyIsAnErrorAndWhatWasReadIsKept) {
  MemorySectors vobs(numbered(1234));
  EXPECT_EQ(cause_of(vobs), Cause::kMedium);
  EXPECT_EQ(text("record"), "00000000000004d2\n");
  EXPECT_EQ(text("out").size(), 1234 * kSectorSize);
}

TEST_F(SectorCopy, GivesUpOnADiscThatIsGone) {
  constexpr int kMany = 40000;
  cells_[0].last = kMany - 1;
  MemorySectors vobs(std::vector<Sector>(kMany, pes_pack(0xe0)));
  for (int i = 100; i < kMany; ++i) vobs.unreadable.insert(i);
  EXPECT_EQ(cause_of(vobs), Cause::kMedium);
  EXPECT_EQ(text("record"), "0000000000000064\n");  // zeros in the place of sectors are not worth keeping
}

TEST_F(SectorCopy, RefusesEncryptedSectors) {
  auto sectors = numbered(2000);
  sectors[700][20] |= 0x30;
  MemorySectors vobs(sectors);
  EXPECT_EQ(cause_of(vobs), Cause::kKey);
}

TEST_F(SectorCopy, ContinuesAndCutsATornTail) {
  MemorySectors vobs(numbered(2000));
  copy(vobs);
  const auto whole = text("out");
  ASSERT_EQ(::ftruncate(out_.get(), 1000 * 2048 + 77), 0);
  EXPECT_EQ(copy(vobs, 1000).sectors, 2000);
  EXPECT_EQ(text("out"), whole);
}

TEST_F(SectorCopy, DoesNotPretendThatMissingSectorsAreThere) {
  MemorySectors vobs(numbered(2000));
  EXPECT_THROW(copy(vobs, 1), WorkerFault);
}

TEST_F(SectorCopy, ADiskThatIsFullIsCalledSo) {
  const Handle full(::open("/dev/full", O_RDWR));
  DurableSectors out(full.get(), -1, 0);
  try {
    out.append(std::vector<std::uint8_t>(kSectorSize));
    FAIL() << "/dev/full took bytes";
  } catch (const WorkerFault& fault) {
    EXPECT_EQ(fault.cause(), Cause::kSpace);
    EXPECT_FALSE(fault.hint().empty());
  }
}

}  // namespace
}  // namespace amphi::test
