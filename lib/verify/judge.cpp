#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "amphi/verify.hpp"

namespace amphi {
namespace {

constexpr double kToleranceSeconds = 2;
constexpr double kTolerancePerMille = 2;

Judgement refuse(std::string why) {
  return {false, std::move(why)};
}

double earliest_end(double expected_seconds) {
  return expected_seconds - std::max(kToleranceSeconds, expected_seconds * kTolerancePerMille / 1000);
}

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
  // Written so that an expectation that is no number refuses, too.
  if (!(found.duration_seconds >= earliest_end(expected.duration_seconds)))
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
