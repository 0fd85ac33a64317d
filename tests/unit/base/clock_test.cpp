#include "base/clock.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace amphi {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TEST(Rfc3339, prints_utc_with_milliseconds) {
  EXPECT_EQ(to_rfc3339({0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339({1795377779 * kSecond + 123'999'999}), "2026-11-22T20:02:59.123Z");
  EXPECT_EQ(to_rfc3339({-1}), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339, reads_what_it_prints_and_other_zones) {
  EXPECT_EQ(parse_rfc3339("2026-11-22T20:02:59.123Z"), (Timestamp{1795377779 * kSecond + 123'000'000}));
  EXPECT_EQ(parse_rfc3339("2026-11-22t21:32:59+01:30"), (Timestamp{1795377779 * kSecond}));
  EXPECT_EQ(parse_rfc3339("2026-11-22 18:02:59-02:00"), (Timestamp{1795377779 * kSecond}));
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.0000000019Z"), (Timestamp{1}));
  EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z"), parse_rfc3339("2017-01-01T00:00:00Z"));
  EXPECT_EQ(parse_rfc3339("2024-02-29T00:00:00Z")->ns, 1709164800 * kSecond);
}

TEST(Rfc3339, takes_no_truncation_and_no_nonsense) {
  const std::string whole = "2026-11-22T20:02:59.123+01:00";
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_EQ(parse_rfc3339(whole.substr(0, length)), std::nullopt) << length;
  for (const char* bad :
       {"2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zx", "99999-01-01T00:00:00Z",
        "9999-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2026-01-01T00:00:00+24:00"})
    EXPECT_EQ(parse_rfc3339(bad), std::nullopt) << bad;
}

TEST(Clock, is_after_this_was_written) {
  EXPECT_GT(system_now(), *parse_rfc3339("2020-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace amphi
