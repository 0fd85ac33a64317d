#include "reader/bluray_clip.hpp"

#include <cstring>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <libbluray/clpi_data.h>
#include <sys/mman.h>

#include "base/descriptor.hpp"
#include "base/handle.hpp"
#include "model/bluray_reference.hpp"
#include "reader/bluray_file.hpp"
#include "reader/bluray_streams.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr double kClipTicks = 45'000;  // a second, in clip information
constexpr std::int64_t kClipPacket = 192;

struct FreeClip {
  void operator()(clpi_cl* clip) const { bd_free_clpi(clip); }
};
using ClipInformation = std::unique_ptr<clpi_cl, FreeClip>;

// libbluray parses the information of a clip that is not playing only from a file.
ClipInformation read_information(const BlurayDisc& disc, std::uint32_t number) {
  const auto bytes = read_bluray_file(disc, fmt::format("BDMV/CLIPINF/{:05}.clpi", number));
  const Handle file(::memfd_create("clip", MFD_CLOEXEC));
  if (!file) throw_errno(errno, "no memory for a clip's information");
  write_all(file.get(), bytes, "a clip's information");
  return ClipInformation(bd_read_clpi(fmt::format("/proc/self/fd/{}", file.get()).c_str()));
}

BLURAY_STREAM_INFO as_played(const CLPI_PROG_STREAM& stream) {
  BLURAY_STREAM_INFO info{};
  info.coding_type = stream.coding_type;
  info.format = stream.format;
  info.rate = stream.rate;
  info.pid = stream.pid;
  info.aspect = stream.aspect;
  std::memcpy(info.lang, stream.lang, sizeof info.lang);
  return info;
}

bool is_video(int type) {
  return type == BLURAY_STREAM_TYPE_VIDEO_MPEG1 || type == BLURAY_STREAM_TYPE_VIDEO_MPEG2 ||
         type == BLURAY_STREAM_TYPE_VIDEO_VC1 || type == BLURAY_STREAM_TYPE_VIDEO_H264 ||
         type == BLURAY_STREAM_TYPE_VIDEO_HEVC;
}

bool is_audio(int type) {
  return type == BLURAY_STREAM_TYPE_AUDIO_MPEG1 || type == BLURAY_STREAM_TYPE_AUDIO_MPEG2 ||
         (type >= BLURAY_STREAM_TYPE_AUDIO_LPCM && type <= BLURAY_STREAM_TYPE_AUDIO_DTSHD_MASTER);
}

void set_streams(ScannedTrack& track, const clpi_cl& clip) {
  std::vector<BLURAY_STREAM_INFO> video, audio, subtitles;
  for (const auto& program : std::span(clip.program.progs, clip.program.num_prog)) {
    for (const auto& stream : std::span(program.streams, program.num_streams)) {
      if (is_video(stream.coding_type)) video.push_back(as_played(stream));
      if (is_audio(stream.coding_type)) audio.push_back(as_played(stream));
      if (stream.coding_type == BLURAY_STREAM_TYPE_SUB_PG) subtitles.push_back(as_played(stream));
    }
  }
  BLURAY_CLIP_INFO info{};
  info.video_stream_count = static_cast<std::uint8_t>(video.size());
  info.video_streams = video.data();
  info.audio_stream_count = static_cast<std::uint8_t>(audio.size());
  info.audio_streams = audio.data();
  info.pg_stream_count = static_cast<std::uint8_t>(subtitles.size());
  info.pg_streams = subtitles.data();
  set_bluray_streams(track, info);
}

double seconds_of(const clpi_cl& clip) {
  double seconds = 0;
  for (const auto& clock : std::span(clip.sequence.atc_seq, clip.sequence.num_atc_seq))
    for (const auto& part : std::span(clock.stc_seq, clock.num_stc_seq))
      if (part.presentation_end_time > part.presentation_start_time)
        seconds += (part.presentation_end_time - part.presentation_start_time) / kClipTicks;
  return seconds;
}

}  // namespace

std::optional<ScannedTrack> read_clip_track(const BlurayDisc& disc, std::uint32_t number) {
  try {
    const auto clip = read_information(disc, number);
    const double seconds = clip ? seconds_of(*clip) : 0;
    if (seconds <= 0) return std::nullopt;
    ScannedTrack track;
    track.reference = to_string(BlurayReference{false, number, 0});
    track.source_name = fmt::format("{:05}.m2ts", number);
    track.duration_seconds = seconds;
    track.segment_map = std::to_string(number);
    track.segments = {{static_cast<int>(number), 0, 0, seconds}};
    track.size_bytes = clip->clip.num_source_packets * kClipPacket;
    set_streams(track, *clip);
    return track;
  } catch (const WorkerFault&) {
    return std::nullopt;  // told by whoever asked for it
  }
}

}  // namespace amphi
