#include "verify_exit.hpp"

#include <gtest/gtest.h>

namespace amphi::cmd {
namespace {

TrackAnswer answer(Verdict rip, Verdict transcode, Verdict insert) {
  TrackAnswer out;
  out.stages[Stage::kRip].verdict = rip;
  out.stages[Stage::kTranscode].verdict = transcode;
  out.stages[Stage::kInsert].verdict = insert;
  return out;
}

int code(const std::vector<TrackAnswer>& answers, VerifyExit::Asked asked, std::optional<Stage> stage = std::nullopt) {
  VerifyOptions options;
  options.stage = stage;
  VerifyExit out(options, asked);
  for (const auto& one : answers) out.count(one);
  return out.code();
}

constexpr auto kByName = VerifyExit::Asked::kByName;
constexpr auto kInBulk = VerifyExit::Asked::kInBulk;
constexpr auto kDone = Verdict::kDone;
constexpr auto kPending = Verdict::kPending;

TEST(VerifyExit, NothingRecordedIsNeverASuccess) {
  EXPECT_EQ(code({answer(kPending, kPending, kPending)}, kByName), 3);
  EXPECT_EQ(code({answer(kPending, kPending, kPending)}, kInBulk), 3);
  EXPECT_EQ(code({}, kInBulk), 3);
  EXPECT_EQ(code({answer(kDone, kDone, kDone), answer(kPending, kPending, kPending)}, kByName), 3);
}

TEST(VerifyExit, PendingCountsOnlyForAStageThatWasNamed) {
  EXPECT_EQ(code({answer(kDone, kPending, kPending)}, kByName), 0);
  EXPECT_EQ(code({answer(kDone, kPending, kPending)}, kByName, Stage::kRip), 0);
  EXPECT_EQ(code({answer(kDone, kPending, kPending)}, kByName, Stage::kInsert), 3);
  EXPECT_EQ(code({answer(kDone, kPending, kPending)}, kInBulk, Stage::kInsert), 3);
}

TEST(VerifyExit, AnUnwantedTrackDoesNotSpoilABulkOne) {
  EXPECT_EQ(code({answer(kDone, kDone, kDone), answer(kPending, kPending, kPending)}, kInBulk), 0);
}

TEST(VerifyExit, EachTroubleCounts) {
  for (const auto verdict : {Verdict::kMissing, Verdict::kChanged, Verdict::kUnverified, Verdict::kUnreadable}) {
    EXPECT_EQ(code({answer(kDone, kDone, verdict)}, kByName), 3);
    EXPECT_EQ(code({answer(kDone, kDone, verdict)}, kInBulk), 3);
    EXPECT_EQ(code({answer(kDone, kDone, verdict)}, kByName, Stage::kRip), 0);
  }
  EXPECT_EQ(code({answer(Verdict::kRemoved, kDone, kDone)}, kByName), 0);
  EXPECT_EQ(code({answer(Verdict::kRemoved, kDone, kDone)}, kByName, Stage::kRip), 3);
}

TEST(VerifyExit, ADigestWithoutACounterpartVouchesForNothing) {
  auto first = answer(kDone, kDone, kDone);
  first.stages[Stage::kInsert].nothing_to_compare = true;
  EXPECT_EQ(code({first}, kByName), 3);
  EXPECT_EQ(code({first}, kInBulk), 3);
  EXPECT_EQ(code({first}, kByName, Stage::kRip), 0);
}

}  // namespace
}  // namespace amphi::cmd
