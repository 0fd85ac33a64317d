// IFOs that were damaged, or made to harm: each gives a disc or one clean Error. The sanitizers watch.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <iterator>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "engines.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::Scratch;

void expect_sane(const ScannedDisc& disc) {
  EXPECT_FALSE(disc.tracks.empty());
  for (const auto& track : disc.tracks) {
    EXPECT_TRUE(std::isfinite(track.duration_seconds));
    EXPECT_GT(track.size_bytes, 0);
    EXPECT_LE(track.audio.size(), 8U);
    EXPECT_LE(track.subtitles.size(), 32U);
    EXPECT_EQ(track.chapter_count, static_cast<int>(track.chapters.size()));
    for (const auto& segment : track.segments) EXPECT_LE(segment.first, segment.last);
  }
}

void expect_disc_or_error(const Source& source) {
  try {
    expect_sane(read_disc(source, {&test::kOwnDvd, 0}));
  } catch (const Error& error) {
    EXPECT_TRUE(error.kind() == ErrorKind::kUnavailable || error.kind() == ErrorKind::kUsage) << error.message();
    EXPECT_FALSE(error.hint().empty()) << error.message();
  }
}

std::size_t from_environment(const char* name, std::size_t otherwise) {
  const char* given = std::getenv(name);
  return given != nullptr ? std::strtoul(given, nullptr, 10) : otherwise;
}

class HostileIfo : public testing::TestWithParam<const char*> {
 protected:
  HostileIfo() : folder_(test::copy_disc(scratch_, test::pal())), whole_(test::read_file(folder_ / ifo())) {}

  std::string ifo() const { return std::string(GetParam()) + ".IFO"; }
  Source source() const { return {SourceKind::kFolder, folder_.parent_path().string()}; }
  // The backup too, else libdvdread would take that.
  void write(const std::string& bytes) {
    test::write_file(folder_ / ifo(), bytes);
    test::write_file(folder_ / (std::string(GetParam()) + ".BUP"), bytes);
  }

  Scratch scratch_;
  test::fs::path folder_;
  std::string whole_;
};

TEST_P(HostileIfo, EveryTruncationIsADiscOrAnError) {
  const std::size_t step = 97;
  for (std::size_t size = 0; size < whole_.size(); size += step) {
    SCOPED_TRACE(size);
    write(whole_.substr(0, size));
    expect_disc_or_error(source());
  }
}

TEST_P(HostileIfo, EveryFlippedByteIsADiscOrAnError) {
  const std::size_t end = std::min<std::size_t>(whole_.size(), 16'384);
  constexpr unsigned char kBits[] = {0x01, 0x80, 0xff};
  const std::size_t step = from_environment("AMPHI_HOSTILE_STEP", 13);  // 1 is every byte, and takes minutes
  for (std::size_t at = 0, turn = 0; at < end; at += step, ++turn) {
    const auto bits = kBits[turn % std::size(kBits)];
    auto bytes = whole_;
    bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ bits);
    SCOPED_TRACE(testing::Message() << "byte " << at << " bits " << int{bits});
    write(bytes);
    expect_disc_or_error(source());
  }
}

TEST_P(HostileIfo, BlocksOfOnesAndZerosAreADiscOrAnError) {
  for (std::size_t at = 0; at + 64 <= whole_.size(); at += 64) {
    for (const char fill : {'\0', '\xff'}) {
      auto bytes = whole_;
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), 64, fill);
      SCOPED_TRACE(testing::Message() << "bytes from " << at << " are " << int{fill});
      write(bytes);
      expect_disc_or_error(source());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Files, HostileIfo, testing::Values("VIDEO_TS", "VTS_01_0", "VTS_02_0"));

TEST(DamagedIfo, TheBackupServesWhenATableIsGone) {
  Scratch scratch;
  const auto folder = test::copy_disc(scratch, test::pal());
  auto bytes = test::read_file(folder / "VTS_01_0.IFO");
  const auto chapters = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0xcb])) * 2048;
  ASSERT_GT(chapters, 0U);
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(chapters), 16, '\0');
  test::write_file(folder / "VTS_01_0.IFO", bytes);
  const auto disc = read_disc({SourceKind::kFolder, folder.parent_path().string()}, {&test::kOwnDvd, 0});
  EXPECT_EQ(disc.tracks.size(), 5U);
  EXPECT_EQ(disc.tracks[0].chapter_count, 12);
}

// Inputs that the fuzzer starts from too: tests/fuzz/corpus/ifo.
class HostileTable : public testing::Test {
 protected:
  static std::uint32_t be32(const std::string& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  }
  static void put(std::string& bytes, std::size_t at, std::initializer_list<int> values) {
    for (const int value : values) bytes.at(at++) = static_cast<char>(value);
  }
  std::size_t table(std::size_t pointer) const { return be32(title_set_, pointer) * std::size_t{2048}; }
  void read_with(const std::string& title_set) const {
    for (const auto* name : {"VTS_01_0.IFO", "VTS_02_0.IFO"}) test::write_file(folder_ / name, title_set);
    for (const auto* name : {"VTS_01_0.BUP", "VTS_02_0.BUP"}) test::fs::remove(folder_ / name);
    expect_disc_or_error({SourceKind::kFolder, folder_.parent_path().string()});
  }

  Scratch scratch_;
  test::fs::path folder_ = test::copy_disc(scratch_, test::pal());
  std::string title_set_ = test::read_file(folder_ / "VTS_01_0.IFO");
};

TEST_F(HostileTable, AChainThatCannotBeReadStandsTwice) {
  const auto chains = table(0xcc);
  put(title_set_, chains, {0, 2});
  put(title_set_, chains + 12, {0, 0, 0xff, 0xf0});
  put(title_set_, chains + 20, {0, 0, 0xff, 0xf0});
  read_with(title_set_);
}

TEST_F(HostileTable, ChaptersBeginBeforeTheirTable) {
  put(title_set_, table(0xc8) + 8, {0, 0, 0, 0});
  read_with(title_set_);
}

TEST_F(HostileTable, ATableEndsBeforeItBegins) {
  const auto manager = test::read_file(folder_ / "VIDEO_TS.IFO");
  test::fs::remove(folder_ / "VIDEO_TS.BUP");
  for (const int last : {0, 1, 3, 6, 7}) {
    auto bytes = manager;
    put(bytes, be32(manager, 0xc4) * std::size_t{2048} + 4, {0, 0, 0, last});
    test::write_file(folder_ / "VIDEO_TS.IFO", bytes);
    expect_disc_or_error({SourceKind::kFolder, folder_.parent_path().string()});
  }
}

TEST_F(HostileTable, ATitleSetSaysThatItIsTheManager) {
  auto manager = test::read_file(folder_ / "VIDEO_TS.IFO");
  // Its first chain lies at the end of the file, and the chain's commands run out of it.
  const auto chain = manager.size() - 236;
  put(manager, 0x84, {0, 0, static_cast<int>(chain >> 8), static_cast<int>(chain & 0xff)});
  std::fill_n(manager.begin() + static_cast<std::ptrdiff_t>(chain), 236, '\0');
  put(manager, chain + 229, {200});
  put(manager, chain + 200, {0, 1, 0, 200, 0, 0, 7, 208});
  read_with(manager);
}

TEST(HostileImage, FlippedBytesInTheFileSystemAreADiscOrAnError) {
  Scratch scratch;
  // The volume structures and the IFOs lie before the first VOB; the rest of the image is left a hole.
  const auto path = scratch / "disc.iso";
  const auto size = test::fs::file_size(test::pal() + "/disc.iso");
  std::string head(1 << 20, '\0');
  std::ifstream(test::pal() + "/disc.iso", std::ios::binary)
      .read(head.data(), static_cast<std::streamsize>(head.size()));
  for (std::size_t at = 32768; at < head.size(); at += 4001) {
    auto bytes = head;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x41);
    SCOPED_TRACE(at);
    test::write_file(path, bytes);
    test::fs::resize_file(path, size);
    expect_disc_or_error({SourceKind::kImage, path.string()});
  }
}

}  // namespace
}  // namespace amphi
