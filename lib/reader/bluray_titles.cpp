#include "reader/bluray_titles.hpp"

#include <algorithm>
#include <cctype>
#include <span>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/bluray_reference.hpp"
#include "reader/bluray_clip.hpp"
#include "reader/bluray_disc.hpp"
#include "reader/bluray_streams.hpp"

namespace amphi {
namespace {

constexpr double kTicks = 90'000;  // a second
constexpr std::int64_t kPacketBytes = 192;

double seconds(std::uint64_t ticks) {
  return static_cast<double>(ticks) / kTicks;
}

int clip_number(const std::string& name) {
  return static_cast<int>(parse_int(name).value_or(0));
}

Segment segment(const BLURAY_CLIP_INFO& clip, const std::string& name) {
  return {clip_number(name), static_cast<std::int64_t>(clip.in_time), static_cast<std::int64_t>(clip.out_time),
          seconds(clip.out_time > clip.in_time ? clip.out_time - clip.in_time : 0)};
}

// As makemkvcon prints them: clip numbers in playing order.
std::string segment_map(const std::vector<Segment>& segments) {
  std::vector<std::string> numbers;
  for (const auto& played : segments) numbers.push_back(std::to_string(played.number));
  return join(numbers, ",");
}

// `names`: of the clips that the angle plays.
ScannedTrack make_track(const BLURAY_TITLE_INFO& info, const std::vector<std::string>& names,
                        const BlurayReference& reference) {
  const std::span clips(info.clips, info.clip_count);
  const std::span chapters(info.chapters, info.chapter_count);
  ScannedTrack track;
  track.reference = to_string(reference);
  track.source_name = fmt::format("{:05}.mpls", reference.number);
  track.duration_seconds = seconds(info.duration);
  track.chapter_count = static_cast<int>(chapters.size());
  for (const auto& chapter : chapters) track.chapters.push_back(seconds(chapter.start));
  for (std::size_t i = 0; i < clips.size(); ++i) {
    track.segments.push_back(segment(clips[i], names[i]));
    track.size_bytes += static_cast<std::int64_t>(clips[i].pkt_count) * kPacketBytes;
  }
  track.segment_map = segment_map(track.segments);
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
    auto info = disc.playlist(playlist);
    const unsigned angles = info ? info->angle_count : 1;
    for (unsigned angle = 0; angle < angles; ++angle) {
      if (angle > 0) info = disc.playlist(playlist, angle);
      const auto names = info ? disc.clips_of(*info, playlist, angle) : std::vector<std::string>();
      if (names.empty())
        result.warnings.push_back(fmt::format("playlist {:05} cannot be read and is left out", playlist));
      else
        result.tracks.push_back(make_track(*info, names, {true, playlist, angle}));
    }
  }
  for (const auto number : job.clips) {
    if (auto track = read_clip_track(disc, number))
      result.tracks.push_back(std::move(*track));
    else
      result.warnings.push_back(fmt::format("clip {:05} cannot be read and is left out", number));
  }
  return result;
}

}  // namespace amphi
