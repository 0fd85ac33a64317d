#include "disc/dvd_streams.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "model/language.hpp"

namespace amphi {

namespace {

constexpr int kMaxAudio = 8, kMaxSubtitles = 32;
constexpr double kNtscRate = 30000.0 / 1001;
constexpr double kPalRate = 25;

enum AspectCode { kFourByThree = 0, kSixteenByNine = 3 };
enum FormatCode { kNtsc = 0, kPal = 1 };
enum TimeRate { kTimePal = 1, kTimeNtsc = 3 };

// The code extension bytes of the title set's stream tables.
enum AudioExtension { kForVisuallyImpaired = 2, kDirectorsComments = 3, kAlternateComments = 4 };
enum SubtitleExtension { kCaptions = 5, kChildrensCaptions = 7, kForced = 9, kComments = 13, kChildrensComments = 15 };

constexpr int kLanguageGiven = 1;

std::string language(int type, int code) {
  if (type != kLanguageGiven) return "und";
  const char letters[] = {static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
  if (!std::isalpha(static_cast<unsigned char>(letters[0])) || !std::isalpha(static_cast<unsigned char>(letters[1]))) {
    return "und";
  }
  return iso639_2b({letters, 2});
}

struct AudioFormat {
  const char* codec;
  int first_id;
};

std::optional<AudioFormat> audio_format(int code) {
  switch (code) {
    case 0:
      return AudioFormat{"ac3", 0x80};
    case 2:
    case 3:
      return AudioFormat{"mp2", 0xc0};
    case 4:
      return AudioFormat{"pcm_dvd", 0xa0};
    case 6:
      return AudioFormat{"dts", 0x88};
    default:
      return std::nullopt;  // 1, 5 are reserved, 7 is SDDS, which nothing decodes
  }
}

void set_audio_kind(AudioStream& stream, int extension) {
  stream.flags.visual_impaired = extension == kForVisuallyImpaired;
  stream.flags.commentary = extension == kDirectorsComments || extension == kAlternateComments;
  if (stream.flags.visual_impaired) stream.name = "Audio description";
  if (stream.flags.commentary) stream.name = "Commentary";
}

void set_subtitle_kind(SubtitleStream& stream, int extension) {
  stream.flags.hearing_impaired = extension >= kCaptions && extension <= kChildrensCaptions;
  stream.flags.forced = extension == kForced;
  stream.flags.commentary = extension >= kComments && extension <= kChildrensComments;
  if (stream.flags.hearing_impaired) stream.name = "Captions";
  if (stream.flags.commentary) stream.name = "Commentary";
}

template <class Stream>
bool has_id(const std::vector<Stream>& streams, int id) {
  return std::any_of(streams.begin(), streams.end(), [&](const Stream& stream) { return stream.stream_id == id; });
}

int binary_coded(int value) {
  return (value >> 4) * 10 + (value & 0xf);
}

}  // namespace

std::vector<AudioStream> audio_streams(const vtsi_mat_t& set, const pgc_t& chain) {
  std::vector<AudioStream> streams;
  const int declared = std::min<int>(set.nr_of_vts_audio_streams, kMaxAudio);
  for (int i = 0; i < declared; ++i) {
    const unsigned control = chain.audio_control[i];
    const audio_attr_t attributes = set.vts_audio_attr[i];
    const auto format = audio_format(attributes.audio_format);
    if ((control & 0x8000) == 0 || !format) continue;
    const int id = format->first_id + static_cast<int>((control >> 8) & 7);
    if (has_id(streams, id)) continue;
    AudioStream stream;
    stream.index = static_cast<int>(streams.size());
    stream.codec = format->codec;
    stream.language = language(attributes.lang_type, attributes.lang_code);
    stream.channels = attributes.channels + 1;
    stream.sample_rate = attributes.sample_frequency == 1 ? 96000 : 48000;
    stream.stream_id = id;
    stream.flags.is_default = streams.empty();
    set_audio_kind(stream, attributes.code_extension);
    streams.push_back(stream);
  }
  return streams;
}

std::vector<SubtitleStream> subtitle_streams(const vtsi_mat_t& set, const pgc_t& chain) {
  std::vector<SubtitleStream> streams;
  const bool wide = set.vts_video_attr.display_aspect_ratio == kSixteenByNine;
  const int declared = std::min<int>(set.nr_of_vts_subp_streams, kMaxSubtitles);
  for (int i = 0; i < declared; ++i) {
    const std::uint32_t control = chain.subp_control[i];
    if ((control & 0x80000000U) == 0) continue;
    const int id = 0x20 + static_cast<int>((wide ? control >> 16 : control >> 24) & 0x1f);
    if (has_id(streams, id)) continue;
    const subp_attr_t attributes = set.vts_subp_attr[i];
    SubtitleStream stream;
    stream.index = static_cast<int>(streams.size());
    stream.codec = "dvd_subtitle";
    stream.language = language(attributes.type, attributes.lang_code);
    stream.stream_id = id;
    set_subtitle_kind(stream, attributes.code_extension);
    streams.push_back(stream);
  }
  return streams;
}

std::string video_codec(const video_attr_t& video) {
  return video.mpeg_version == 0 ? "mpeg1video" : "mpeg2video";
}

Resolution resolution(const video_attr_t& video) {
  const int full = video.video_format == kPal ? 576 : 480;
  switch (video.picture_size) {
    case 1:
      return {704, full};
    case 2:
      return {352, full};
    case 3:
      return {352, full / 2};
    default:
      return {720, full};
  }
}

std::string aspect(const video_attr_t& video) {
  return video.display_aspect_ratio == kSixteenByNine ? "16:9" : "4:3";
}

double frame_rate(const video_attr_t& video) {
  return video.video_format == kPal ? kPalRate : kNtscRate;
}

double seconds(const dvd_time_t& time, double fallback_rate) {
  const int whole = binary_coded(time.hour) * 3600 + binary_coded(time.minute) * 60 + binary_coded(time.second);
  const int frames = binary_coded(time.frame_u & 0x3f);
  const int code = time.frame_u >> 6;
  const bool ntsc = code == kTimeNtsc || (code != kTimePal && fallback_rate != kPalRate);
  return ntsc ? (whole * 30.0 + frames) / 30 * 1.001 : whole + frames / kPalRate;
}

}  // namespace amphi
