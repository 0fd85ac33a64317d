#include "reader/bluray_streams.hpp"

#include <cstring>
#include <span>
#include <string_view>

#include "model/language.hpp"

namespace amphi {
namespace {

constexpr const char* kUnknown = "unknown";

// libav's names.
std::string codec_name(int coding_type) {
  switch (coding_type) {
    case BLURAY_STREAM_TYPE_VIDEO_MPEG1:
      return "mpeg1video";
    case BLURAY_STREAM_TYPE_VIDEO_MPEG2:
      return "mpeg2video";
    case BLURAY_STREAM_TYPE_VIDEO_VC1:
      return "vc1";
    case BLURAY_STREAM_TYPE_VIDEO_H264:
      return "h264";
    case BLURAY_STREAM_TYPE_VIDEO_HEVC:
      return "hevc";
    case BLURAY_STREAM_TYPE_AUDIO_MPEG1:
    case BLURAY_STREAM_TYPE_AUDIO_MPEG2:
      return "mp2";
    case BLURAY_STREAM_TYPE_AUDIO_LPCM:
      return "pcm_bluray";
    case BLURAY_STREAM_TYPE_AUDIO_AC3:
      return "ac3";
    case BLURAY_STREAM_TYPE_AUDIO_AC3PLUS:
    case BLURAY_STREAM_TYPE_AUDIO_AC3PLUS_SECONDARY:
      return "eac3";
    case BLURAY_STREAM_TYPE_AUDIO_TRUHD:
      return "truehd";
    case BLURAY_STREAM_TYPE_AUDIO_DTS:
    case BLURAY_STREAM_TYPE_AUDIO_DTSHD:
    case BLURAY_STREAM_TYPE_AUDIO_DTSHD_MASTER:
    case BLURAY_STREAM_TYPE_AUDIO_DTSHD_SECONDARY:
      return "dts";
    case BLURAY_STREAM_TYPE_SUB_PG:
      return "hdmv_pgs_subtitle";
    case BLURAY_STREAM_TYPE_SUB_TEXT:
      return "hdmv_text_subtitle";
    default:
      return kUnknown;
  }
}

std::string profile(int coding_type) {
  switch (coding_type) {
    case BLURAY_STREAM_TYPE_AUDIO_DTSHD_MASTER:
      return "DTS-HD MA";
    case BLURAY_STREAM_TYPE_AUDIO_DTSHD:
    case BLURAY_STREAM_TYPE_AUDIO_DTSHD_SECONDARY:
      return "DTS-HD HRA";
    default:
      return "";
  }
}

std::string language(const BLURAY_STREAM_INFO& stream) {
  const auto* text = reinterpret_cast<const char*>(stream.lang);
  return iso639_2b(std::string_view(text, ::strnlen(text, 3)));
}

// 0: the disc only says "more than two".
int channels(int format) {
  return format == BLURAY_AUDIO_FORMAT_MONO ? 1 : format == BLURAY_AUDIO_FORMAT_STEREO ? 2 : 0;
}

int sample_rate(int rate) {
  switch (rate) {
    case BLURAY_AUDIO_RATE_96:
    case BLURAY_AUDIO_RATE_96_COMBO:
      return 96'000;
    case BLURAY_AUDIO_RATE_192:
    case BLURAY_AUDIO_RATE_192_COMBO:
      return 192'000;
    case BLURAY_AUDIO_RATE_48:
      return 48'000;
    default:
      return 0;
  }
}

std::optional<Resolution> picture(int format) {
  switch (format) {
    case BLURAY_VIDEO_FORMAT_480I:
    case BLURAY_VIDEO_FORMAT_480P:
      return Resolution{720, 480};
    case BLURAY_VIDEO_FORMAT_576I:
    case BLURAY_VIDEO_FORMAT_576P:
      return Resolution{720, 576};
    case BLURAY_VIDEO_FORMAT_720P:
      return Resolution{1280, 720};
    case BLURAY_VIDEO_FORMAT_1080I:
    case BLURAY_VIDEO_FORMAT_1080P:
      return Resolution{1920, 1080};
    case BLURAY_VIDEO_FORMAT_2160P:
      return Resolution{3840, 2160};
    default:
      return std::nullopt;
  }
}

double frame_rate(int rate) {
  switch (rate) {
    case BLURAY_VIDEO_RATE_24000_1001:
      return 24000.0 / 1001;
    case BLURAY_VIDEO_RATE_24:
      return 24;
    case BLURAY_VIDEO_RATE_25:
      return 25;
    case BLURAY_VIDEO_RATE_30000_1001:
      return 30000.0 / 1001;
    case BLURAY_VIDEO_RATE_50:
      return 50;
    case BLURAY_VIDEO_RATE_60000_1001:
      return 60000.0 / 1001;
    default:
      return 0;
  }
}

// libbluray gives 0 where the clip information says nothing; pictures of more than 576 lines are wide.
std::string aspect(const BLURAY_STREAM_INFO& stream, const std::optional<Resolution>& size) {
  if (stream.aspect == BLURAY_ASPECT_RATIO_4_3) return "4:3";
  return stream.aspect == BLURAY_ASPECT_RATIO_16_9 || (size && size->height > 576) ? "16:9" : "";
}

}  // namespace

void set_bluray_streams(ScannedTrack& track, const BLURAY_CLIP_INFO& clip) {
  if (clip.video_stream_count > 0) {
    const auto& video = clip.video_streams[0];
    track.video_codec = codec_name(video.coding_type);
    if (track.video_codec == kUnknown) track.video_codec.clear();
    track.resolution = picture(video.format);
    track.frame_rate = frame_rate(video.rate);
    track.aspect = aspect(video, track.resolution);
  }
  for (const auto& stream : std::span(clip.audio_streams, clip.audio_stream_count)) {
    AudioStream audio;
    audio.index = static_cast<int>(track.audio.size());
    audio.codec = codec_name(stream.coding_type);
    audio.profile = profile(stream.coding_type);
    audio.language = language(stream);
    audio.channels = channels(stream.format);
    audio.sample_rate = sample_rate(stream.rate);
    audio.stream_id = stream.pid;
    track.audio.push_back(std::move(audio));
  }
  for (const auto& stream : std::span(clip.pg_streams, clip.pg_stream_count)) {
    SubtitleStream subtitle;
    subtitle.index = static_cast<int>(track.subtitles.size());
    subtitle.codec = codec_name(stream.coding_type);
    subtitle.language = language(stream);
    subtitle.stream_id = stream.pid;
    track.subtitles.push_back(std::move(subtitle));
  }
}

}  // namespace amphi
