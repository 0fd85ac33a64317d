#include <gtest/gtest.h>

#include "sample.hpp"
#include "tools/cd_paranoia.hpp"
#include "tools/flac.hpp"

namespace amphi {
namespace {

using test::exit_with;

TEST(CdParanoia, TheSpanInSectors) {
  const CdParanoiaRun drive({"/dev/sr0", 3, 1000, 825, false}, "/out");
  EXPECT_EQ(drive.arguments(),
            (std::vector<std::string>{"cd-paranoia", "-e", "-w", "-d", "/dev/sr0", "3[.0]-3[.824]", "/out"}));
  const CdParanoiaRun image({"/x/track.cue", 1, 0, 825, true}, "/out");
  EXPECT_EQ(image.arguments()[5], "-c") << "noise deceives its guess of the order of bytes";
}

TEST(CdParanoia, ProgressIsWhatWasWritten) {
  CdParanoiaRun run({"/dev/sr0", 3, 1000, 100, false}, "/out");
  EXPECT_FALSE(run.take_err("cdparanoia III release 10.2 libcdio 2.1.0 x86_64-pc-linux-gnu"));
  EXPECT_EQ(run.version(), "10.2");
  EXPECT_EQ(run.take_err("##: 0 [read] @ 1205400")->fraction, 0);
  EXPECT_EQ(run.take_err("##: 14 [wrote] @ 1234799")->fraction, 0.5);  // sector 1049
  EXPECT_EQ(run.take_err("##: 14 [wrote] @ 1000")->fraction, 0.5) << "never falls";
  EXPECT_EQ(run.take_err("##: 14 [wrote]")->fraction, 0.5);
  EXPECT_TRUE(run.verdict(exit_with(0)).ok);
}

TEST(CdParanoia, ItsVerdicts) {
  CdParanoiaRun skipped({"/dev/sr0", 3, 0, 100, false}, "/out"), full = skipped;
  skipped.take_err("##: 6 [skip] @ 1176");
  EXPECT_EQ(skipped.verdict(exit_with(0)).cause, Cause::kMedium) << "it ends with 0 all the same";
  full.take_err("Error writing output: No space left on device");
  EXPECT_EQ(full.verdict(exit_with(1)).cause, Cause::kSpace);
  EXPECT_EQ(CdParanoiaRun({"/dev/sr0", 3, 0, 100, false}, "/out").verdict(exit_with(1)).cause, Cause::kMedium);
}

TEST(Flac, TagsAndVerdicts) {
  StepSpec spec;
  spec.input = "-in.wav";
  spec.tags = {{"TITLE", "A=B"}, {"ARTIST", "\xff"}};
  FlacRun run(spec, "/out");
  const auto arguments = run.arguments();
  EXPECT_NE(std::find(arguments.begin(), arguments.end(), "--tag=TITLE=A=B"), arguments.end());
  EXPECT_NE(std::find(arguments.begin(), arguments.end(), "--verify"), arguments.end());
  EXPECT_EQ(arguments[arguments.size() - 2], "--");
  run.take_err("flac 1.4.2");
  EXPECT_EQ(run.version(), "1.4.2");
  EXPECT_TRUE(run.verdict(exit_with(0)).ok);
  run.take_err("x.wav: ERROR: reading sample data");
  EXPECT_NE(run.verdict(exit_with(1)).message.find("reading sample data"), std::string::npos);
  run.take_err("x: No space left on device");
  EXPECT_EQ(run.verdict(exit_with(1)).cause, Cause::kSpace);
}

}  // namespace
}  // namespace amphi
