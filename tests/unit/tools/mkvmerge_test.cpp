#include <gtest/gtest.h>

#include "sample.hpp"
#include "tools/mkvmerge.hpp"

namespace amphi {
namespace {

using test::exit_with;

MkvmergeRun a_run() {
  return {"/in/PLAYLIST/00010.mpls", "/proc/1/fd/7"};
}

TEST(Mkvmerge, OneInputAndTheOpenFile) {
  const auto arguments = a_run().arguments();
  EXPECT_EQ(arguments.front(), "mkvmerge");
  EXPECT_EQ(arguments.back(), "/in/PLAYLIST/00010.mpls");
  EXPECT_EQ(arguments[arguments.size() - 2], "/proc/1/fd/7");
}

TEST(Mkvmerge, ScanningIsNotMerging) {
  auto run = a_run();
  for (const auto* line :
       {"mkvmerge v74.0.0 ('You Oughta Know') 64-bit", "#GUI#begin_scanning_playlists#num_playlists=1"})
    EXPECT_FALSE(run.take_out(line));
  EXPECT_EQ(run.take_out("#GUI#progress 100%")->fraction, 0) << "of the scan";
  run.take_out("#GUI#end_scanning_playlists");
  EXPECT_EQ(run.take_out("#GUI#progress 8%")->fraction, 0.08);
  EXPECT_EQ(run.take_out("#GUI#progress 3%")->fraction, 0.08) << "never falls";
  EXPECT_EQ(run.take_out("#GUI#progress ?%")->fraction, 0.08);
  EXPECT_EQ(run.version(), "74.0.0");
}

TEST(Mkvmerge, AWarningIsNoFailure) {
  auto run = a_run();
  run.take_out("#GUI#warning This audio track contains 10 bytes of invalid data which were skipped.");
  EXPECT_TRUE(run.verdict(exit_with(0)).ok);
  EXPECT_TRUE(run.verdict(exit_with(1)).ok);
}

TEST(Mkvmerge, AnErrorIsTheMediumsOrTheDisks) {
  auto damaged = a_run();
  damaged.take_out("#GUI#error The type of file 'x.mpls' could not be recognized.");
  EXPECT_EQ(damaged.verdict(exit_with(2)).cause, Cause::kMedium);
  EXPECT_NE(damaged.verdict(exit_with(2)).message.find("could not be recognized"), std::string::npos);
  auto full = a_run();
  full.take_out(
      "#GUI#error An exception occurred when writing the destination file. The drive may be full. Exception details: "
      "reading from/writing to the file error; No space left to write to");
  EXPECT_EQ(full.verdict(exit_with(2)).cause, Cause::kSpace);
  EXPECT_FALSE(a_run().verdict({true, 6}).ok) << "it ends by an assertion where a clip is missing";
}

}  // namespace
}  // namespace amphi
