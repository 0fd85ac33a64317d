#include <gtest/gtest.h>

#include "sample.hpp"
#include "tools/encoders.hpp"
#include "tools/handbrake_progress.hpp"
#include "tools/stream_log.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

using test::exit_with;
using test::feed_err;
using test::feed_out;
using test::sample;

StepSpec handbrake_spec() {
  StepSpec spec;
  spec.stage = Stage::kTranscode;
  spec.preset = "Very Fast 576p25";
  spec.input = "/rips/in.mkv";
  spec.track.frame_rate = 25;
  return spec;
}

TEST(Handbrake, ArgumentsHoldWhatIsAmphisBusiness) {
  auto spec = handbrake_spec();
  spec.preset_files = {"/my presets/a $b.json", "/c.json"};
  const auto run = kHandbrake.run(spec, "/out/.x.mkv.amphi-part");
  const std::vector<std::string> expected{"HandBrakeCLI",
                                          "--json",
                                          "--preset-import-file",
                                          "/my presets/a $b.json",
                                          "--preset-import-file",
                                          "/c.json",
                                          "--preset",
                                          "Very Fast 576p25",
                                          "--format",
                                          "av_mkv",
                                          "--markers",
                                          "--min-duration",
                                          "0",
                                          "--input",
                                          "/rips/in.mkv",
                                          "--output",
                                          "/out/.x.mkv.amphi-part"};
  EXPECT_EQ(run->arguments(), expected);
}

TEST(Handbrake, AGoodRunIsGoodAndTellsItsVersion) {
  const auto run = kHandbrake.run(handbrake_spec(), "/o.mkv");
  feed_out(*run, "handbrake-all.out");
  feed_err(*run, "handbrake-all.err");
  EXPECT_TRUE(run->verdict(exit_with(0)).ok);
  EXPECT_EQ(run->version(), "1.6.1");
  EXPECT_FALSE(run->verdict(exit_with(1)).ok);
  EXPECT_FALSE(run->verdict(test::killed_by(9)).ok);
}

TEST(Handbrake, KeptStreamsComeFromTheLastJobConfiguration) {
  HandbrakeStreamLog all, burn;
  test::feed(sample("handbrake-all.err"), [&](auto line) { all.take(line); });
  test::feed(sample("handbrake-burn.err"), [&](auto line) { burn.take(line); });
  EXPECT_EQ(all.kept(), (KeptStreams{{0, 1}, {0, 1}}));
  // Asked for: audio 2, 1 and 2 again; subtitle 2 burned into the picture, and 1.
  EXPECT_EQ(burn.kept(), (KeptStreams{{1, 0, 1}, {0}}));
}

TEST(Handbrake, TheFractionNeverFallsAndEndsAtOne) {
  for (const auto* name : {"handbrake-all.out", "handbrake-burn.out", "handbrake-long.out"}) {
    HandbrakeProgress progress(25);
    double last = 0;
    int reports = 0;
    test::feed(sample(name), [&](auto line) {
      const auto report = progress.take(line);
      if (!report) return;
      ++reports;
      EXPECT_GE(report->fraction, last) << name;
      EXPECT_LE(report->fraction, 1) << name;
      last = report->fraction;
    });
    EXPECT_GT(reports, 3) << name;
    EXPECT_EQ(last, 1) << name;
    EXPECT_EQ(progress.work_done(), 0) << name;
  }
}

std::optional<Progress> report_of(HandbrakeProgress& progress, const std::string& working) {
  std::optional<Progress> out;
  test::feed("Progress: {\n    \"State\": \"WORKING\",\n    \"Working\": {" + working + "}\n}",
             [&](auto line) { out = progress.take(line); });
  return out;
}

TEST(Handbrake, PassesShareOneBarAndOneRestOfTime) {
  HandbrakeProgress two(25);
  auto report =
      report_of(two, R"("Pass":1,"PassCount":2,"PassID":0,"Progress":0.5,"Rate":50.0,"ETASeconds":10,"Hours":0)");
  ASSERT_TRUE(report);
  EXPECT_NEAR(report->fraction, 0.25, 0.01);
  ASSERT_TRUE(report->speed);
  EXPECT_EQ(report->speed->value, 2.0);
  EXPECT_EQ(report->speed->unit, SpeedUnit::kRealTime);
  EXPECT_EQ(report->eta_seconds, 30.0);  // 10 more of this pass, 20 for the next
  report = report_of(two, R"("Pass":2,"PassCount":2,"PassID":0,"Progress":0.5,"Rate":0,"ETASeconds":7,"Hours":0)");
  EXPECT_NEAR(report->fraction, 0.75, 0.01);
  EXPECT_EQ(report->eta_seconds, 7.0);
  EXPECT_FALSE(report->speed);
  report = report_of(two, R"("Pass":2,"PassCount":2,"PassID":0,"Progress":0.25)");
  EXPECT_NEAR(report->fraction, 0.75, 0.01) << "a bar that falls frightens people";
  HandbrakeProgress scan(0);
  report = report_of(scan, R"("Pass":1,"PassCount":2,"PassID":-1,"Progress":1.0,"Rate":900,"ETASeconds":3,"Hours":0)");
  EXPECT_LT(report->fraction, 0.12);
  EXPECT_FALSE(report->eta_seconds);
  EXPECT_FALSE(report->speed);  // nobody said how fast the source plays
}

TEST(Handbrake, NumbersThatCannotBeAreNotBelieved) {
  HandbrakeProgress progress(25);
  const auto report = report_of(
      progress, R"("Pass":-7,"PassCount":0,"PassID":"x","Progress":1e300,"Rate":"fast","ETASeconds":-1,"Hours":-1)");
  ASSERT_TRUE(report);
  EXPECT_LE(report->fraction, 1);
  EXPECT_FALSE(report->eta_seconds);
  test::feed("Progress: {\n    \"State\": 3\n}\nProgress: {\n[[[\n}\nProgress: {\n    \"State\": \"WORKDONE\"\n}",
             [&](auto line) { progress.take(line); });
  EXPECT_EQ(progress.work_done(), -1) << "a WORKDONE without its error number is no success";
}

TEST(Handbrake, EveryTruncationOfItsProgressIsUnfinished) {
  const auto text = sample("handbrake-all.out");
  const auto end = text.rfind('}');
  test::truncate_everywhere(
      text, HandbrakeProgress(25), [](auto& parser, auto line) { parser.take(line); },
      [&](const auto& parser, std::size_t at) { ASSERT_EQ(parser.work_done().has_value(), at > end) << at; });
}

TEST(Handbrake, EveryTruncationOfItsLogKeepsItsSecret) {
  const auto text = sample("handbrake-all.err");
  const std::string done = "libhb: work result = 0";
  const auto end = text.find(done) + done.size();
  test::truncate_everywhere(
      text, HandbrakeStreamLog(), [](auto& parser, auto line) { parser.take(line); },
      [&](const auto& parser, std::size_t at) {
        ASSERT_EQ(parser.kept().has_value(), at >= end) << at;
        if (parser.kept()) {
          ASSERT_EQ(*parser.kept(), (KeptStreams{{0, 1}, {0, 1}}));
        }
      });
}

struct Failure {
  const char* log;
  int exit;
  Cause cause;
  const char* says;
};

TEST(Handbrake, EachFailureHasItsCause) {
  for (const auto& [log, exit, cause, says] : {Failure{"handbrake-preset.err", 2, Cause::kPreset, "Very Fast 576p25"},
                                               Failure{"handbrake-input.err", 2, Cause::kMedium, "/rips/in.mkv"},
                                               Failure{"handbrake-space.err", 4, Cause::kSpace, "space"},
                                               Failure{"handbrake-space.err", 0, Cause::kSpace, "space"}}) {
    const auto run = kHandbrake.run(handbrake_spec(), "/o.mkv");
    feed_err(*run, log);
    const auto verdict = run->verdict(exit_with(exit));
    EXPECT_FALSE(verdict.ok) << log;
    EXPECT_EQ(verdict.cause, cause) << log;
    EXPECT_NE(verdict.message.find(says), std::string::npos) << verdict.message;
    EXPECT_FALSE(verdict.hint.empty()) << log;
  }
}

TEST(Handbrake, ExitZeroAloneIsNoSuccess) {
  const auto run = kHandbrake.run(handbrake_spec(), "/o.mkv");
  EXPECT_FALSE(run->verdict(exit_with(0)).ok);
  test::feed("Progress: {\n    \"State\": \"WORKDONE\",\n    \"WorkDone\": {\"Error\": 3}\n}",
             [&](auto line) { run->take_out(line); });
  EXPECT_FALSE(run->verdict(exit_with(0)).ok);
  EXPECT_EQ(run->verdict(exit_with(5)).cause, Cause::kMedium);
}

}  // namespace
}  // namespace amphi
