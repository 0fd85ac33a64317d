// makemkvcon cannot be had in a test, so a stand-in on PATH speaks its grammar and notes how it was called.
#include "disc/makemkv_reader.hpp"

#include <cstdlib>
#include <functional>

#include <sys/stat.h>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "engines.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::Scratch;

class Makemkvcon : public testing::Test {
 protected:
  Makemkvcon() : old_path_(std::getenv("PATH")) { test::fs::create_directories(scratch_ / "bin"); }
  ~Makemkvcon() override { setenv("PATH", old_path_.c_str(), 1); }

  void install(const std::string& log, int exit_code) {
    const auto program = scratch_ / "bin/makemkvcon";
    test::write_file(scratch_ / "log", log);
    test::write_file(program, "#!/bin/sh\nprintf '%s\\n' \"$@\" > '" + (scratch_ / "called").string() + "'\ncat '" +
                                  (scratch_ / "log").string() + "'\nexit " + std::to_string(exit_code) + "\n");
    ::chmod(program.c_str(), 0755);
    setenv("PATH", ((scratch_ / "bin").string() + ":" + old_path_).c_str(), 1);
  }
  std::string called() const { return test::read_file(scratch_ / "called"); }
  std::string log(const std::string& name) const {
    return test::read_file(AMPHI_SOURCE_DIR "/tests/unit/disc/data/" + name);
  }

  Scratch scratch_;
  std::string old_path_;
};

Error error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {ErrorKind::kUnexpected, "nothing"};
}

TEST_F(Makemkvcon, TitlesAreItsOwnAndTheFingerprintIsTheDiscs) {
  install(log("dvd.log"), 0);
  const auto source = make_source(test::pal() + "/disc.iso");
  const auto disc = read_disc(source, {&test::kByMakemkv, 30});
  EXPECT_EQ(called(), "-r\n--noscan\n--minlength=30\ninfo\niso:" + source.path + "\n");
  EXPECT_EQ(disc.tracks.size(), 2U);
  EXPECT_EQ(disc.fingerprint, read_identity(source).fingerprint);
  EXPECT_FALSE(disc.provisional);
  EXPECT_EQ(disc.volume_label, "AMPHI_TEST_DISC");
  EXPECT_EQ(disc.source, source);
}

TEST_F(Makemkvcon, SourceIsGivenInItsOwnForm) {
  EXPECT_EQ(makemkv_source_argument({SourceKind::kDevice, "/dev/sr0"}), "dev:/dev/sr0");
  EXPECT_EQ(makemkv_source_argument({SourceKind::kImage, "/a b.iso"}), "iso:/a b.iso");
  EXPECT_EQ(makemkv_source_argument({SourceKind::kFolder, "/dvd"}), "file:/dvd");
}

TEST_F(Makemkvcon, AutoTakesItForAnEncryptedDisc) {
  install(log("dvd.log"), 0);
  const auto folder = test::copy_disc(scratch_, test::pal());
  auto vob = test::read_file(folder / "VTS_01_1.VOB");
  for (std::size_t at = 0; at + 2048 <= vob.size(); at += 2048) {
    if (static_cast<unsigned char>(vob[at + 17]) == 0xe0) vob[at + 20] = static_cast<char>(vob[at + 20] | 0x10);
  }
  test::fs::remove(folder / "VTS_01_1.VOB");
  test::write_file(folder / "VTS_01_1.VOB", vob);
  const auto disc = read_disc(make_source(folder.parent_path()));
  EXPECT_TRUE(disc.encrypted);
  EXPECT_EQ(disc.tracks.size(), 2U);
  EXPECT_FALSE(disc.provisional);
}

TEST_F(Makemkvcon, AutoReadsAClearDiscItself) {
  install(log("dvd.log"), 0);
  EXPECT_EQ(read_disc(make_source(test::pal() + "/disc.iso")).tracks.size(), 5U);
  EXPECT_FALSE(test::fs::exists(scratch_ / "called"));
}

TEST_F(Makemkvcon, ExitZeroWithoutATitleIsAFailure) {
  install("MSG:5010,0,0,\"Failed to open disc\",\"Failed to open disc\"\nTCOUNT:0\n", 0);
  const auto error = error_of([] { read_with_makemkv({SourceKind::kDevice, "/dev/sr9"}, {}); });
  EXPECT_EQ(error.kind(), ErrorKind::kUnavailable);
  EXPECT_NE(error.message().find("Failed to open disc"), std::string::npos) << error.message();
}

TEST_F(Makemkvcon, ExpiredKeyIsNamed) {
  install("MSG:5055,516,0,\"Evaluation period has expired\",\"x\"\n", 253);
  const auto error = error_of([] { read_with_makemkv({SourceKind::kDevice, "/dev/sr9"}, {}); });
  EXPECT_EQ(error.kind(), ErrorKind::kUnavailable);
  EXPECT_NE(error.message().find("expired"), std::string::npos);
  EXPECT_NE(error.hint().find("key"), std::string::npos);
}

TEST_F(Makemkvcon, BadExitWithTitlesIsAFailure) {
  install(log("dvd.log"), 1);
  EXPECT_EQ(error_of([] { read_with_makemkv({SourceKind::kDevice, "/dev/sr9"}, {}); }).kind(), ErrorKind::kUnavailable);
}

TEST_F(Makemkvcon, MissingProgramSaysWhereToGetIt) {
  setenv("PATH", (scratch_ / "bin").c_str(), 1);
  const auto error = error_of([] { read_with_makemkv({SourceKind::kDevice, "/dev/sr9"}, {}); });
  EXPECT_EQ(error.kind(), ErrorKind::kUnavailable);
  EXPECT_NE(error.message().find("makemkvcon"), std::string::npos);
  EXPECT_NE(error.hint().find("makemkv.com"), std::string::npos) << error.hint();
}

}  // namespace
}  // namespace amphi
