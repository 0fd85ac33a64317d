#include <limits>

#include <gtest/gtest.h>

#include "amphi/verify.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kThen = 1'700'000'000 * kSecond;
constexpr auto kReadable = true, kNotMounted = false;
using Presence = Observation::Presence;

Artifact recorded(std::optional<std::string> sha256 = std::nullopt) {
  Artifact artifact;
  artifact.receipt.path = "/srv/ripped/a.mkv";
  artifact.receipt.size_bytes = 1000;
  artifact.receipt.mtime_ns = kThen;
  artifact.receipt.sha256 = std::move(sha256);
  return artifact;
}

Observation there(std::int64_t size = 1000, std::int64_t mtime_ns = kThen) {
  Observation seen;
  seen.presence = Presence::kThere;
  seen.size_bytes = size;
  seen.mtime_ns = mtime_ns;
  return seen;
}

Observation look(Presence presence) {
  auto seen = there();
  seen.presence = presence;
  return seen;
}

std::function<std::optional<std::string>()> digest_is(std::optional<std::string> value) {
  return [value] { return value; };
}

TEST(Verdict, PendingWhereNothingIsRecorded) {
  EXPECT_EQ(verdict(std::nullopt, std::nullopt, kReadable), Verdict::kPending);
  EXPECT_EQ(verdict(std::nullopt, there(), kReadable), Verdict::kPending);
  EXPECT_EQ(verdict(std::nullopt, std::nullopt, kNotMounted), Verdict::kPending);
}

TEST(Verdict, DoneWhereItIsAsRecorded) {
  EXPECT_EQ(verdict(recorded(), there(), kReadable), Verdict::kDone);
}

TEST(Verdict, MissingWhereItIsGone) {
  EXPECT_EQ(verdict(recorded(), look(Presence::kAbsent), kReadable), Verdict::kMissing);
}

TEST(Verdict, NothingIsMissingFromAFolderThatIsNotMounted) {
  for (const auto presence : {Presence::kThere, Presence::kAbsent, Presence::kUnreadable})
    EXPECT_EQ(verdict(recorded(), look(presence), kNotMounted), Verdict::kUnreadable);
  EXPECT_EQ(verdict(recorded(), look(Presence::kUnreadable), kReadable), Verdict::kUnreadable);
  EXPECT_EQ(verdict(recorded(), std::nullopt, kReadable), Verdict::kUnreadable) << "nobody looked";
}

TEST(Verdict, SizeDecidesFirst) {
  for (const auto size : {std::int64_t{0}, std::int64_t{999}, std::int64_t{1001}})
    EXPECT_EQ(verdict(recorded("aa"), there(size), kReadable, digest_is("aa")), Verdict::kChanged) << size;
}

TEST(Verdict, TimesWithinTwoSeconds) {
  EXPECT_EQ(verdict(recorded(), there(1000, kThen + 2 * kSecond), kReadable), Verdict::kDone);
  EXPECT_EQ(verdict(recorded(), there(1000, kThen - 2 * kSecond), kReadable), Verdict::kDone);
  EXPECT_EQ(verdict(recorded(), there(1000, kThen + 2 * kSecond + 1), kReadable), Verdict::kChanged);
  EXPECT_EQ(verdict(recorded(), there(1000, kThen - 2 * kSecond - 1), kReadable), Verdict::kChanged);
}

TEST(Verdict, TimesAtTheEndsOfTheirType) {
  auto artifact = recorded();
  artifact.receipt.mtime_ns = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(verdict(artifact, there(1000, std::numeric_limits<std::int64_t>::max()), kReadable), Verdict::kChanged);
}

TEST(Verdict, TheDigestSettlesAnotherTime) {
  const auto restored = there(1000, kThen + 3 * kSecond);
  EXPECT_EQ(verdict(recorded("aa"), restored, kReadable, digest_is("aa")), Verdict::kDone) << "a restored backup";
  EXPECT_EQ(verdict(recorded("aa"), restored, kReadable, digest_is("bb")), Verdict::kChanged);
  EXPECT_EQ(verdict(recorded("aa"), restored, kReadable, digest_is(std::nullopt)), Verdict::kChanged);
  EXPECT_EQ(verdict(recorded("aa"), restored, kReadable), Verdict::kChanged) << "nobody asked for it";
  EXPECT_EQ(verdict(recorded(), restored, kReadable, digest_is("aa")), Verdict::kChanged) << "none recorded";
  EXPECT_EQ(verdict(recorded(), restored, kReadable, digest_is(std::nullopt)), Verdict::kChanged)
      << "none against none";
}

TEST(Verdict, TheDigestIsAskedForOnlyWhenItDecides) {
  int asked = 0;
  const auto count = [&]() -> std::optional<std::string> {
    ++asked;
    return "aa";
  };
  verdict(recorded("aa"), there(), kReadable, count);
  verdict(recorded("aa"), there(999), kReadable, count);
  verdict(recorded(), there(1000, 0), kReadable, count);
  EXPECT_EQ(asked, 0);
  verdict(recorded("aa"), there(1000, 0), kReadable, count);
  EXPECT_EQ(asked, 1);
}

TEST(Verdict, RemovedOnPurpose) {
  auto removed = recorded();
  removed.removed = true;
  EXPECT_EQ(verdict(removed, look(Presence::kAbsent), kReadable), Verdict::kRemoved);
  EXPECT_EQ(verdict(removed, std::nullopt, kNotMounted), Verdict::kRemoved);
}

TEST(Verdict, ImportedFilesAreUnverifiedWhileTheyAreThere) {
  auto imported = recorded();
  imported.unverified = true;
  EXPECT_EQ(verdict(imported, there(), kReadable), Verdict::kUnverified);
  EXPECT_EQ(verdict(imported, there(5), kReadable), Verdict::kUnverified);
  EXPECT_EQ(verdict(imported, look(Presence::kAbsent), kReadable), Verdict::kMissing);
  EXPECT_EQ(verdict(imported, there(), kNotMounted), Verdict::kUnreadable);
}

}  // namespace
}  // namespace amphi
