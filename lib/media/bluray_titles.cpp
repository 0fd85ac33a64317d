#include "media/bluray_titles.hpp"

#include <algorithm>
#include <cctype>
#include <span>

#include <fmt/format.h>

#include "base/text.hpp"
#include "media/bluray_disc.hpp"
#include "media/bluray_streams.hpp"
#include "media/fault.hpp"

namespace amphi {
namespace {

constexpr double kTicks = 90'000;  // a second
constexpr std::int64_t kPacketBytes = 192;

double seconds(std::uint64_t ticks) {
  return static_cast<double>(ticks) / kTicks;
}

int clip_number(const BLURAY_CLIP_INFO& clip) {
  return static_cast<int>(parse_int(std::string_view(clip.clip_id, ::strnlen(clip.clip_id, 5))).value_or(0));
}

// As makemkvcon prints them: clip numbers in playing order.
std::string segment_map(std::span<const BLURAY_CLIP_INFO> clips) {
  std::vector<std::string> numbers;
  for (const auto& clip : clips) numbers.push_back(std::to_string(clip_number(clip)));
  return join(numbers, ",");
}

Segment segment(const BLURAY_CLIP_INFO& clip) {
  return {clip_number(clip), static_cast<std::int64_t>(clip.in_time), static_cast<std::int64_t>(clip.out_time),
          seconds(clip.out_time > clip.in_time ? clip.out_time - clip.in_time : 0)};
}

ScannedTrack make_track(const BLURAY_TITLE_INFO& info, std::uint32_t playlist, unsigned angle) {
  const std::span clips(info.clips, info.clip_count);
  const std::span chapters(info.chapters, info.chapter_count);
  ScannedTrack track;
  track.reference = fmt::format("mpls:{:05}", playlist);
  if (angle > 0) track.reference += fmt::format(".angle{}", angle + 1);
  track.source_name = fmt::format("{:05}.mpls", playlist);
  track.duration_seconds = seconds(info.duration);
  track.chapter_count = static_cast<int>(chapters.size());
  for (const auto& chapter : chapters) track.chapters.push_back(seconds(chapter.start));
  track.segment_map = segment_map(clips);
  for (const auto& clip : clips) {
    track.segments.push_back(segment(clip));
    track.size_bytes += static_cast<std::int64_t>(clip.pkt_count) * kPacketBytes;
  }
  if (!clips.empty()) set_bluray_streams(track, clips.front());
  return track;
}

}  // namespace

BlurayTitlesResult run_bluray_titles(const BlurayTitlesJob& job) {
  const BlurayDisc disc(job.source);
  BlurayTitlesResult result;
  const auto& about = *bd_get_disc_info(disc.get());
  result.encrypted = about.aacs_detected != 0 && about.aacs_handled == 0;
  for (const auto playlist : job.playlists) {
    const auto info = disc.playlist(playlist);
    if (!info || info->clip_count == 0) {
      result.warnings.push_back(fmt::format("playlist {:05} cannot be read and is left out", playlist));
      continue;
    }
    result.tracks.push_back(make_track(*info, playlist, 0));
    for (unsigned angle = 1; angle < info->angle_count; ++angle) {
      if (const auto other = disc.playlist(playlist, angle))
        result.tracks.push_back(make_track(*other, playlist, angle));
    }
  }
  for (std::size_t i = 0; i < result.tracks.size(); ++i) result.tracks[i].number = static_cast<int>(i) + 1;
  return result;
}

}  // namespace amphi
