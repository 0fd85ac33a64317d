#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "folder.hpp"
#include "sample.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

using nlohmann::json;
using test::exit_with;

const char* const kResult =
    R"({"event":"result","media":{"duration_seconds":6.0,"video_streams":1,"audio_streams":2,"subtitle_streams":1,"chapters":0},
    "streams":[{"type":"video","codec":"mpeg2video"},{"type":"audio","codec":"ac3","language":"ger","title":"K",
    "channels":2,"flags":{"commentary":true}},{"type":"subtitle","codec":"dvd_subtitle","language":"eng"}],"chapters":[0.005,2.5],"tags":[["TITLE","x"]]})";

std::string answering(const std::string& line, int code) {
  auto one_line = line;
  std::erase(one_line, '\n');
  return "#!/bin/sh\ncat <<'E'\nnoise of a library\n" + one_line + "\nE\nexit " + std::to_string(code) + "\n";
}

TEST(MediaWorker, AProbeIsTheWorkersResult) {
  const test::Folder folder;
  const test::Environment worker("AMPHI_MEDIA", folder.write_program("w", answering(kResult, 0)));
  const auto probe = probe_file("/x.mkv");
  EXPECT_EQ(probe.media.audio_streams, 2);
  EXPECT_EQ(probe.streams.at(1).language, "ger");
  EXPECT_TRUE(probe.streams.at(1).flags.commentary);
  EXPECT_EQ(probe_media("/x.mkv").duration_seconds, 6.0);
}

void expect_unavailable(const std::string& text, const std::string& says) {
  const test::Folder folder;
  const test::Environment worker("AMPHI_MEDIA", folder.write_program("w", text));
  try {
    probe_file("/x\n.mkv");
    ADD_FAILURE() << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUnavailable);
    EXPECT_NE(error.message().find(says), std::string::npos) << error.message();
    EXPECT_EQ(error.message().find('\n'), std::string::npos);
  }
}

TEST(MediaWorker, WhatIsNoAnswerIsUnavailable) {
  expect_unavailable(answering(R"({"event":"error","cause":"other","message":"no medium","hint":""})", 1), "no medium");
  expect_unavailable(answering(kResult, 1), "no answer");
  expect_unavailable("#!/bin/sh\nexit 0\n", "no answer");
  expect_unavailable("#!/bin/sh\nkill -9 $$\n", "signal 9");
}

bool finds_no_medium(const std::string& text) {
  const test::Folder folder;
  const test::Environment worker("AMPHI_MEDIA", folder.write_program("w", text));
  try {
    probe_file("/x.mkv");
  } catch (const NoMedium&) {
    return true;
  } catch (const Error&) {
    return false;
  }
  return false;
}

TEST(MediaWorker, WhoCouldNotLookHasNotFoundThatItIsNoMedium) {
  EXPECT_TRUE(finds_no_medium(answering(R"({"event":"error","cause":"judge","message":"no medium","hint":""})", 1)));
  for (const auto cause : {Cause::kSource, Cause::kMedium, Cause::kOther})
    EXPECT_FALSE(finds_no_medium(answering(failure_line({cause, "it cannot be read", ""}), 1))) << to_string(cause);
  EXPECT_FALSE(finds_no_medium("#!/bin/sh\nkill -9 $$\n"));
}

TEST(Workers, AMissingOneIsSaidSo) {
  const test::Environment worker("AMPHI_MEDIA", "/nowhere/amphi-media");
  EXPECT_THROW(find_worker(kMediaWorker), Error);
  const test::Environment other("AMPHI_READER", "/nowhere/amphi-reader");
  EXPECT_THROW(find_worker(kReaderWorker), Error);
}

TEST(MediaWorker, ProbedStreamsTakeThePlaceOfDeclaredOnes) {
  ScannedTrack track;
  track.audio.resize(5);
  track.chapters = {0, 2.4, 5};
  take_probed_streams(track, json::parse(kResult).get<ProbeResult>());
  ASSERT_EQ(track.audio.size(), 1u);
  EXPECT_EQ(track.audio[0].name, "K");
  EXPECT_EQ(track.chapters, (std::vector<double>{0.005, 2.5}));
  EXPECT_EQ(track.audio[0].index, 0);
  EXPECT_TRUE(track.audio[0].flags.commentary);
  ASSERT_EQ(track.subtitles.size(), 1u);
  EXPECT_EQ(track.subtitles[0].language, "eng");
}

TEST(WorkerRuns, SectorsFromTheFirstLineToTheResult) {
  const test::Folder folder;
  const test::Environment worker("AMPHI_READER", folder.write_program("w", "#!/bin/sh\n"));
  const auto run = WorkerRun::sectors({"/x.iso", 3, 7, 8, 100});
  const auto arguments = run->arguments();
  ASSERT_EQ(arguments.size(), 4u);
  EXPECT_EQ(arguments[1], "dvd-sectors");
  EXPECT_EQ(json::parse(arguments[3]).at("from_sector"), 100);
  EXPECT_EQ(run->pass(), (std::vector<int>{7, 8}));
  auto report = run->take_out(progress_line({0.5, {}, Speed{9e6, SpeedUnit::kBytes}, 3.0}));
  ASSERT_TRUE(report);
  ASSERT_TRUE(report->speed);
  EXPECT_EQ(report->speed->unit, SpeedUnit::kBytes);
  EXPECT_EQ(report->phase, Phase::kCopy);
  EXPECT_EQ(run->take_out(progress_line({0.25, {}, {}, {}}))->fraction, 0.5);
  EXPECT_FALSE(run->verdict(exit_with(0)).ok) << "exit 0 without a result is no success";
  run->take_out(result_line(SectorsResult{1234, 1}));
  EXPECT_TRUE(run->verdict(exit_with(0)).ok);
  EXPECT_FALSE(run->verdict(exit_with(1)).ok);
  EXPECT_EQ(run->result<SectorsResult>().sectors, 1234);
}

TEST(WorkerRuns, AFailureKeepsItsCause) {
  const auto run = WorkerRun::remux({"/x.iso", 3, 7, 8, {{"TITLE", "\xff"}}});
  run->take_out(failure_line({Cause::kSpace, "no space left", "free some"}));
  const auto verdict = run->verdict(exit_with(1));
  EXPECT_FALSE(verdict.ok);
  EXPECT_EQ(verdict.cause, Cause::kSpace);
  EXPECT_EQ(verdict.hint, "free some");
}

TEST(WorkerRuns, WhatIsNoEventIsPassedOver) {
  const auto run = WorkerRun::remux({"/x.iso", 3, 7, 8, {}});
  for (const auto* line : {"", "{", "[]", "3", R"({"event":3})", R"({"event":"tea"})", "libdvdread: noise"}) {
    EXPECT_FALSE(run->take_out(line)) << line;
  }
  run->take_err("a crash\n");
  EXPECT_NE(run->verdict(exit_with(134)).message.find("a crash"), std::string::npos);
}

TEST(WorkerRuns, EveryTruncationOfAResult) {
  const auto line = result_line(DvdRemuxResult{{6.0, 1, 1, 0, 1}, 6.01, 0, {}});
  for (std::size_t cut = 0; cut <= line.size(); ++cut) {
    const auto run = WorkerRun::remux({"/x.iso", 3, 7, 8, {}});
    run->take_out(line.substr(0, cut));
    EXPECT_EQ(run->verdict(exit_with(0)).ok, cut == line.size()) << cut;
  }
}

}  // namespace
}  // namespace amphi
