#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "amphi/verify.hpp"

namespace amphi {
namespace {

constexpr double kToleranceSeconds = 2;
constexpr double kTolerancePerMille = 2;
// Of what was measured: two seconds would be a third of a trailer of six.
constexpr double kMeasuredPart = 0.1, kMeasuredSeconds = 0.5;

Judgement refuse(std::string why) {
  return {false, std::move(why)};
}

double earliest_end(const Expectation& expected) {
  const auto seconds = expected.duration_seconds;
  auto tolerance = std::max(kToleranceSeconds, seconds * kTolerancePerMille / 1000);
  if (expected.measured) tolerance = std::min(tolerance, std::max(kMeasuredSeconds, seconds * kMeasuredPart));
  return seconds - tolerance;
}

// Half a sample of 44,100 a second: none is missing, none too many.
constexpr double kHalfSample = 0.5 / 44'100;

// "" when the counts agree; a negative expectation asks for nothing.
std::string compare_count(std::string_view what, int expected, int found) {
  if (expected < 0 || expected == found) return "";
  return fmt::format("has {} {}, {} expected", found, what, expected);
}

}  // namespace

Judgement judge(const Expectation& expected, const MediaFacts& found, std::int64_t size_bytes,
                std::int64_t unread_sectors) {
  if (size_bytes <= 0) return refuse("the file is empty");
  if (unread_sectors > 0) return refuse(fmt::format("{} sectors of the disc were not read", unread_sectors));
  if (!std::isfinite(found.duration_seconds) || found.duration_seconds <= 0)
    return refuse("no packet with a time was found");
  if (expected.exact && !(std::abs(found.duration_seconds - expected.duration_seconds) < kHalfSample))
    return refuse(fmt::format("has {:.0f} samples, {:.0f} expected", found.duration_seconds * 44'100,
                              expected.duration_seconds * 44'100));
  // Written so that an expectation that is no number refuses, too.
  if (!(found.duration_seconds >= earliest_end(expected)))
    return refuse(fmt::format("cut short: the last packets end at {:.1f} s, {:.1f} s expected", found.duration_seconds,
                              expected.duration_seconds));
  for (const auto& why : {compare_count("video streams", expected.video_streams, found.video_streams),
                          compare_count("audio streams", expected.audio_streams, found.audio_streams),
                          compare_count("subtitle streams", expected.subtitle_streams, found.subtitle_streams),
                          compare_count("chapters", expected.chapters, found.chapters)})
    if (!why.empty()) return refuse(why);
  return {true, ""};
}

}  // namespace amphi
