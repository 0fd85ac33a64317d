#include "base/clock.hpp"

#include <chrono>
#include <limits>

#include <fmt/format.h>

namespace amphi {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

// Takes pieces off the front of a text; once something did not fit, `good` stays false.
struct Cursor {
  std::string_view rest;
  bool good = true;

  int digits(std::size_t count) {
    int value = 0;
    if (rest.size() < count) good = false;
    for (std::size_t i = 0; good && i < count; ++i) {
      if (rest[i] < '0' || rest[i] > '9') good = false;
      value = value * 10 + (rest[i] - '0');
    }
    if (good) rest.remove_prefix(count);
    return value;
  }
  bool take(std::string_view any_of) {
    if (rest.empty() || any_of.find(rest.front()) == std::string_view::npos) return false;
    rest.remove_prefix(1);
    return true;
  }
  void need(std::string_view any_of) { good = take(any_of) && good; }
};

nanoseconds parse_fraction(Cursor& at) {
  if (!at.take(".")) return nanoseconds(0);
  std::int64_t value = 0, scale = 1'000'000'000;
  if (at.rest.empty() || at.rest.front() < '0' || at.rest.front() > '9') at.good = false;
  for (; !at.rest.empty() && at.rest.front() >= '0' && at.rest.front() <= '9'; at.rest.remove_prefix(1)) {
    if (scale == 1) continue;  // finer than a nanosecond
    scale /= 10;
    value += (at.rest.front() - '0') * scale;
  }
  return nanoseconds(value);
}

seconds parse_offset(Cursor& at) {
  if (at.take("Zz")) return seconds(0);
  const bool east = !at.rest.empty() && at.rest.front() == '+';
  at.need("+-");
  const int hour = at.digits(2);
  at.need(":");
  const int minute = at.digits(2);
  if (hour > 23 || minute > 59) at.good = false;
  const seconds size = hours(hour) + minutes(minute);
  return east ? size : -size;
}

std::optional<Timestamp> as_timestamp(sys_time<seconds> at, nanoseconds fraction) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 1'000'000'000 - 1;
  const std::int64_t whole = at.time_since_epoch().count();
  if (whole > kMost || whole < -kMost) return std::nullopt;
  return Timestamp{whole * 1'000'000'000 + fraction.count()};
}

}  // namespace

Timestamp system_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<nanoseconds>(now).count()};
}

std::string to_rfc3339(Timestamp at) {
  const sys_time<nanoseconds> time{nanoseconds(at.ns)};
  const auto day = floor<days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{floor<std::chrono::milliseconds>(time - day)};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  Cursor at{text};
  const int year = at.digits(4);
  at.need("-");
  const int month = at.digits(2);
  at.need("-");
  const int day = at.digits(2);
  at.need("Tt ");
  const int hour = at.digits(2);
  at.need(":");
  const int minute = at.digits(2);
  at.need(":");
  const int second = at.digits(2);
  const nanoseconds fraction = parse_fraction(at);
  const seconds offset = parse_offset(at);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  // Second 60 is a leap second: it counts as the first of the next minute, as the system clock has it.
  if (!at.good || !at.rest.empty() || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return as_timestamp(sys_days(date) + hours(hour) + minutes(minute) + seconds(second) - offset, fraction);
}

}  // namespace amphi
