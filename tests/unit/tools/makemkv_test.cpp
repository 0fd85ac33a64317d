#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "folder.hpp"
#include "sample.hpp"
#include "tools/makemkv.hpp"

namespace amphi {
namespace {

using test::exit_with;
using test::sample;
namespace fs = std::filesystem;

Source image(std::string path) {
  return {SourceKind::kImage, std::move(path)};
}

StepSpec a_spec(const std::string& path) {
  StepSpec spec;
  spec.source = image(path);
  spec.min_length = 5;
  return spec;
}

TEST(Makemkv, ArgumentsByTheKindOfSource) {
  EXPECT_EQ(makemkv_source({SourceKind::kDevice, "/dev/sr0"}), "dev:/dev/sr0");
  EXPECT_EQ(makemkv_source(image("/a b.iso")), "iso:/a b.iso");
  EXPECT_EQ(makemkv_source({SourceKind::kFolder, "/dvd"}), "file:/dvd");
  EXPECT_THROW(makemkv_source({SourceKind::kLog, "/x.log"}), Error);
  const std::vector<std::string> expected{"makemkvcon",
                                          "-r",
                                          "--messages=-stdout",
                                          "--progress=-same",
                                          "--noscan",
                                          "--cache=1024",
                                          "--minlength=5",
                                          "mkv",
                                          "iso:/x.iso",
                                          "3",
                                          "/out"};
  EXPECT_EQ(make_makemkv_run(a_spec("/x.iso"), 3, "/out")->arguments(), expected);
}

TEST(Makemkv, ItsNumberIsNotTheDiscs) {
  MakemkvScan scan(image("/x.iso"), 7);
  test::feed(sample("makemkv-info.out"), [&](auto line) { scan.take_out(line); });
  EXPECT_TRUE(scan.verdict(exit_with(0)).ok);
  EXPECT_EQ(scan.version(), "1.17.7");
  EXPECT_EQ(scan.title_of("dvd:1"), 0);
  EXPECT_EQ(scan.title_of("dvd:5"), 3);  // title 4 lasts 6 s and was left out
  EXPECT_EQ(scan.title_of("dvd:4"), std::nullopt);
}

TEST(Makemkv, PlaylistsAnglesAndTitlesOfUnknownOrigin) {
  MakemkvScan scan(image("/x.iso"), 0);
  test::feed(
      "TINFO:0,16,0,\"00800.mpls\"\nTINFO:1,16,0,\"00001.m2ts\"\nTINFO:2,24,0,\"03\"\nTINFO:2,15,0,\"1\"\n"
      "TINFO:3,24,0,\"03\"\nTINFO:3,15,0,\"2\"\nTINFO:4,9,0,\"0:01:00\"\nTINFO:x,9,0,\"1\"\nTINFO:99999999,9,0,\"1\"",
      [&](auto line) { scan.take_out(line); });
  EXPECT_EQ(scan.title_of("mpls:00800"), 0);
  EXPECT_EQ(scan.title_of("m2ts:00001"), 1);
  EXPECT_EQ(scan.title_of("dvd:3"), 2);
  EXPECT_EQ(scan.title_of("dvd:3.angle2"), 3);
  EXPECT_EQ(scan.title_of("title:4"), 4);
  EXPECT_EQ(scan.title_of("mpls:00801"), std::nullopt);
}

TEST(Makemkv, AnAngleThatOnlyAMessageTells) {
  MakemkvScan scan(image("/x.iso"), 0);
  for (const auto* line :
       {R"(MSG:3308,0,3,"File 00800.mpls (angle 1) was added as title #0","%1 %2 %3","00800.mpls","1","0")",
        R"(MSG:3308,0,3,"File 00800.mpls (angle 2) was added as title #1","%1 %2 %3","00800.mpls","2","1")",
        R"(TINFO:0,16,0,"00800.mpls")", R"(TINFO:1,16,0,"00800.mpls")"})
    scan.take_out(line);
  EXPECT_EQ(scan.title_of("mpls:00800"), 0);
  EXPECT_EQ(scan.title_of("mpls:00800.angle2"), 1);
}

TEST(Makemkv, EveryTruncationOfAScan) {
  const auto text = sample("makemkv-info.out");
  test::truncate_everywhere(
      text, MakemkvScan(image("/x.iso"), 7), [](auto& parser, auto line) { parser.take_out(line); },
      [&](const auto& parser, std::size_t) {
        const auto found = parser.title_of("dvd:1");
        ASSERT_TRUE(!found || *found == 0);
      });
}

// A run that was told `lines`, in a folder with these files.
class Told : public testing::Test {
 protected:
  ToolVerdict verdict(const std::string& lines, const std::vector<std::string>& files, int code = 0) {
    const test::Folder folder;
    for (const auto& name : files) folder.write(name, "x");
    const auto run = make_makemkv_run(a_spec("/x.iso"), 0, folder.path());
    test::feed(lines, [&](auto line) { run->take_out(line); });
    hopeless_ = run->hopeless();
    return run->verdict(exit_with(code));
  }
  bool hopeless_ = false;
};

const std::string kSaved = "MSG:5005,0,1,\"1 titles saved\",\"%1 titles saved\",\"1\"\n";

TEST_F(Told, SavedOneAndOneFile) {
  EXPECT_TRUE(verdict(kSaved, {"A1_t00.mkv"}).ok);
  EXPECT_FALSE(verdict(kSaved, {"A1_t00.mkv"}, 1).ok);
  EXPECT_FALSE(verdict("", {"A1_t00.mkv"}).ok);
  EXPECT_FALSE(verdict(kSaved, {}).ok);
  EXPECT_FALSE(verdict(kSaved, {"A1_t00.mkv", "B1_t00.mkv"}).ok);
  EXPECT_FALSE(verdict(kSaved, {"A1_t00.mkv", "notes.txt"}).ok);
  EXPECT_FALSE(verdict("MSG:5004,0,2,\"1 titles saved, 1 failed\",\"\",\"1\",\"1\"", {"A1_t00.mkv"}).ok);
  EXPECT_FALSE(verdict("MSG:5005,0,1,\"2 titles saved\",\"\",\"2\"", {"A1_t00.mkv"}).ok);
}

TEST_F(Told, CausesOfFailures) {
  EXPECT_EQ(verdict("MSG:5055,516,0,\"Evaluation period has expired.\",\"\"\n" + kSaved, {"a.mkv"}).cause, Cause::kKey);
  EXPECT_TRUE(hopeless_);
  EXPECT_EQ(verdict("MSG:5052,0,0,\"x\",\"\"", {}).cause, Cause::kKey);
  EXPECT_EQ(verdict("", {}, 253).cause, Cause::kKey);
  EXPECT_EQ(verdict("MSG:5010,0,0,\"Failed to open disc\",\"\"", {}, 11).cause, Cause::kMedium);
  EXPECT_EQ(verdict("", {}, 11).cause, Cause::kMedium);
  EXPECT_EQ(verdict("MSG:5033,0,0,\"not enough\",\"\"", {}).cause, Cause::kSpace);
  for (const int flags : {776, 1288, 1544}) {
    const auto question = "MSG:5029," + std::to_string(flags) + ",0,\"Continue?\",\"\"\n";
    EXPECT_FALSE(verdict(question + kSaved, {"a.mkv"}).ok) << flags;
    EXPECT_TRUE(hopeless_) << flags;
  }
  const std::string read = "MSG:2003,0,3,\"Error 'Scsi error' occurred while reading 'x'\",\"\",\"a\",\"b\",\"c\"\n";
  EXPECT_EQ(verdict(read + "MSG:5003,0,2,\"Failed to save title 0\",\"\",\"0\",\"x\"", {}).cause, Cause::kMedium);
}

TEST_F(Told, AScrambledSectorBeforeTheKeysAreKnownIsHarmless) {
  const std::string scrambled =
      "MSG:2003,0,3,\"Error 'Scsi error - ILLEGAL REQUEST:READ OF SCRAMBLED SECTOR WITHOUT AUTHENTICATION' occurred "
      "while "
      "reading 'x'\",\"\",\"a\",\"b\",\"c\"\n";
  EXPECT_TRUE(verdict(scrambled + kSaved, {"A1_t00.mkv"}).ok);
}

TEST(Makemkv, TheBarNeverFalls) {
  const auto run = make_makemkv_run(a_spec("/x.iso"), 0, "/nowhere");
  double last = 0;
  test::feed(
      "PRGT:5018,0,\"Scanning CD-ROM devices\"\nPRGV:0,65536,65536\nPRGV:0,0,65536\nPRGT:5024,0,\"Saving all titles\"\n"
      "PRGV:9,0,65536\nPRGV:9,32768,65536\nPRGV:1,2,0\nPRGV:1,-5,65536\nPRGV:1,99999999,65536\nPRGV:",
      [&](auto line) {
        if (const auto report = run->take_out(line)) {
          EXPECT_GE(report->fraction, last);
          last = report->fraction;
        }
      });
  EXPECT_EQ(last, 1);
}

}  // namespace
}  // namespace amphi
