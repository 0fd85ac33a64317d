#include <algorithm>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "sample.hpp"
#include "tools/encoders.hpp"
#include "tools/stream_log.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

using test::exit_with;
using test::feed_err;
using test::feed_out;
using test::sample;

StepSpec a_spec() {
  StepSpec spec;
  spec.stage = Stage::kTranscode;
  spec.preset = "h264-fast";
  spec.input = "in.mkv";
  spec.expected.duration_seconds = 8;
  return spec;
}

std::string_view without_level(std::string_view line) {
  const auto at = line.find("[info] ");
  return at == std::string_view::npos ? line : line.substr(at + 7);
}

bool follows(const std::vector<std::string>& all, const std::string& first, const std::string& second) {
  const auto at = std::find(all.begin(), all.end(), first);
  return at != all.end() && at + 1 != all.end() && *(at + 1) == second;
}

TEST(Ffmpeg, KeepsEveryStreamUnlessTheProfileMaps) {
  auto spec = a_spec();
  auto arguments = kFfmpeg.run(spec, "/o.mkv")->arguments();
  EXPECT_EQ(arguments.front(), "ffmpeg");
  EXPECT_EQ(arguments.back(), "/o.mkv");
  EXPECT_EQ(std::count(arguments.begin(), arguments.end(), "-map"), 4);
  EXPECT_TRUE(follows(arguments, "-c:a", "copy"));
  EXPECT_TRUE(follows(arguments, "-c:v", "libx264"));
  EXPECT_TRUE(follows(arguments, "-f", "matroska"));
  spec.tool_arguments = {"-map", "0:v", "-c:v", "copy"};
  arguments = kFfmpeg.run(spec, "/o.mkv")->arguments();
  EXPECT_EQ(std::count(arguments.begin(), arguments.end(), "-map"), 1);
}

TEST(Ffmpeg, AProfileNobodyKnowsIsWrongUsage) {
  auto spec = a_spec();
  spec.preset = "h266";
  EXPECT_THROW(kFfmpeg.run(spec, "/o.mkv"), Error);
}

TEST(Ffmpeg, AGoodRun) {
  const auto run = kFfmpeg.run(a_spec(), "/o.mkv");
  double last = 0;
  test::feed(sample("ffmpeg-all.out"), [&](auto line) {
    if (const auto report = run->take_out(line)) {
      EXPECT_GE(report->fraction, last);
      EXPECT_LE(report->fraction, 1);
      last = report->fraction;
    }
  });
  EXPECT_GT(last, 0.99);
  feed_err(*run, "ffmpeg-all.err");
  EXPECT_TRUE(run->verdict(exit_with(0)).ok);
  EXPECT_EQ(run->version(), "5.1.9-0+deb12u1");
  EXPECT_EQ(run->kept(), (KeptStreams{{0, 1}, {0, 1}}));
  EXPECT_FALSE(run->verdict(exit_with(255)).ok);
  EXPECT_FALSE(run->verdict(test::killed_by(15)).ok);
}

TEST(Ffmpeg, TheMappingTellsWhatAProfileChose) {
  const auto run = kFfmpeg.run(a_spec(), "/o.mkv");
  feed_err(*run, "ffmpeg-map.err");
  EXPECT_EQ(run->kept(), (KeptStreams{{1, 0}, {1}}));
}

TEST(Ffmpeg, AFilterGraphLeavesTheMappingUnknown) {
  FfmpegStreamLog log;
  test::feed(
      "Input #0, matroska,webm, from 'in.mkv':\n  Stream #0:0: Video: mpeg2video\n  Stream #0:1(eng): Audio: ac3\n"
      "Stream mapping:\n  Stream #0:0 (mpeg2video) -> overlay\n  Stream #0:1 -> #0:1 (copy)\nOutput #0, matroska",
      [&](auto line) { log.take(line); });
  EXPECT_FALSE(log.kept());
}

TEST(Ffmpeg, EveryTruncationOfItsLogKeepsItsSecret) {
  const auto text = sample("ffmpeg-all.err");
  const auto mapping = text.find("#0:4 (copy)") + 4;
  test::truncate_everywhere(
      text, FfmpegStreamLog(), [](auto& parser, auto line) { parser.take(without_level(line)); },
      [&](const auto& parser, std::size_t at) {
        if (at < mapping) {
          ASSERT_FALSE(parser.kept()) << at;
        }
        if (parser.kept()) {
          ASSERT_EQ(*parser.kept(), (KeptStreams{{0, 1}, {0, 1}})) << at;
        }
      });
}

TEST(Ffmpeg, EveryTruncationOfItsProgressIsUnfinished) {
  const auto text = sample("ffmpeg-all.out");
  const auto end = text.find("progress=end");
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const auto run = kFfmpeg.run(a_spec(), "/o.mkv");
    test::feed(std::string_view(text).substr(0, cut), [&](auto line) { run->take_out(line); });
    ASSERT_EQ(run->verdict(exit_with(0)).ok, cut >= end + 12) << cut;
  }
}

TEST(Ffmpeg, NumbersThatCannotBeAreNotBelieved) {
  const auto run = kFfmpeg.run(a_spec(), "/o.mkv");
  std::optional<Progress> report;
  test::feed("out_time_us=N/A\nspeed=N/A\n=\nout_time_us=-9223372036854775808\nspeed=1e999x\nprogress=continue",
             [&](auto line) { report = run->take_out(line); });
  ASSERT_TRUE(report);
  EXPECT_EQ(report->fraction, 0);
  EXPECT_FALSE(report->speed);
}

ToolVerdict verdict_though_it_ended_with_0(const std::string& recorded) {
  const auto run = kFfmpeg.run(a_spec(), "/o.mkv");
  feed_out(*run, recorded + ".out");
  feed_err(*run, recorded + ".err");
  return run->verdict(exit_with(0));
}

TEST(Ffmpeg, AFullDiskIsSeenThoughItEndsWithZero) {
  const auto verdict = verdict_though_it_ended_with_0("ffmpeg-space");
  EXPECT_FALSE(verdict.ok);
  EXPECT_EQ(verdict.cause, Cause::kSpace);
}

TEST(Ffmpeg, WhatItCouldNotWriteIsSeenThoughItEndsWithZero) {
  const auto verdict = verdict_though_it_ended_with_0("ffmpeg-unwritten");
  EXPECT_FALSE(verdict.ok);
  EXPECT_EQ(verdict.cause, Cause::kOther);
  EXPECT_NE(verdict.message.find("Error writing trailer"), std::string::npos) << verdict.message;
}

TEST(Ffmpeg, AnInputItWasNotLetReadIsNoBadOne) {
  auto spec = a_spec();
  spec.input = "junk.mkv";
  for (const auto& [why, cause] : {std::pair("Input/output error", Cause::kOther),
                                   std::pair("Invalid data found when processing input", Cause::kMedium)}) {
    const auto run = kFfmpeg.run(spec, "/o.mkv");
    run->take_err(std::string("[error] junk.mkv: ") + why);
    EXPECT_EQ(run->verdict(exit_with(1)).cause, cause) << why;
  }
}

TEST(Ffmpeg, EachFailureHasItsCause) {
  auto spec = a_spec();
  spec.input = "junk.mkv";
  const auto input = kFfmpeg.run(spec, "/o.mkv");
  feed_err(*input, "ffmpeg-input.err");
  EXPECT_EQ(input->verdict(exit_with(1)).cause, Cause::kMedium);
  EXPECT_NE(input->verdict(exit_with(1)).message.find("EBML header"), std::string::npos);
  const auto profile = kFfmpeg.run(a_spec(), "/o.mkv");
  feed_err(*profile, "ffmpeg-profile.err");
  EXPECT_EQ(profile->verdict(exit_with(1)).cause, Cause::kPreset);
  EXPECT_NE(profile->verdict(exit_with(1)).message.find("h264-fast"), std::string::npos);
  EXPECT_EQ(kFfmpeg.run(a_spec(), "/o.mkv")->verdict(exit_with(1)).cause, Cause::kOther);
}

}  // namespace
}  // namespace amphi
