#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "base/text.hpp"
#include "disc/makemkv_log.hpp"
#include "disc/manifest_codecs.hpp"
#include "model/language.hpp"

namespace amphi {

namespace {

using enum MakemkvAttribute;

constexpr std::int64_t kVideo = 6201, kAudio = 6202, kSubtitle = 6203;
constexpr std::int64_t kDirectorsComments = 1, kAlternateComments = 2, kForVisuallyImpaired = 4,
                       kForcedSubtitles = 4096;

using Codec = std::pair<std::string_view, std::string_view>;

// Matroska's codec ids as makemkvcon prints them, and libav's names.
constexpr std::array<Codec, 20> kCodecs{{
    {"V_MPEG1", "mpeg1video"},
    {"V_MPEG2", "mpeg2video"},
    {"V_MPEG4/ISO/AVC", "h264"},
    {"V_MPEGH/ISO/HEVC", "hevc"},
    {"V_MS/VFW/FOURCC", "vc1"},
    {"A_AC3", "ac3"},
    {"A_EAC3", "eac3"},
    {"A_DTS", "dts"},
    {"A_TRUEHD", "truehd"},
    {"A_MLP", "mlp"},
    {"A_LPCM", "pcm_dvd"},
    {"A_PCM/INT/BIG", "pcm_s16be"},
    {"A_PCM/INT/LIT", "pcm_s16le"},
    {"A_MPEG/L2", "mp2"},
    {"A_MP2", "mp2"},
    {"A_AAC", "aac"},
    {"A_FLAC", "flac"},
    {"S_VOBSUB", "dvd_subtitle"},
    {"S_HDMV/PGS", "hdmv_pgs_subtitle"},
    {"S_CC608/DVD", "eia_608"},
}};

std::string codec_name(const std::string& id) {
  const auto at = std::find_if(kCodecs.begin(), kCodecs.end(), [&](const Codec& codec) { return codec.first == id; });
  return at != kCodecs.end() ? std::string(at->second) : to_lower_ascii(id);
}

StreamFlags flags(const MakemkvAttributes& stream) {
  const auto bits = stream.number(kStreamFlags);
  const auto& mkv = stream.text(kMkvFlags);
  StreamFlags result;
  result.is_default = mkv.find('d') != std::string::npos;
  result.forced = (bits & kForcedSubtitles) != 0 || mkv.find('f') != std::string::npos;
  result.commentary = (bits & (kDirectorsComments | kAlternateComments)) != 0;
  result.visual_impaired = (bits & kForVisuallyImpaired) != 0;
  return result;
}

int small_number(std::int64_t value) {
  return value > 0 && value <= std::numeric_limits<int>::max() ? static_cast<int>(value) : 0;
}

std::optional<Resolution> picture_size(const std::string& text) {
  const auto parts = split(text, 'x');
  if (parts.size() != 2) return std::nullopt;
  const int width = small_number(parse_int(parts[0]).value_or(0)),
            height = small_number(parse_int(parts[1]).value_or(0));
  if (width == 0 || height == 0) return std::nullopt;
  return Resolution{width, height};
}

// "29.97 (30000/1001)": the exact fraction where it is there.
double rate(const std::string& text) {
  const auto open = text.find('('), close = text.find(')');
  if (open != std::string::npos && close != std::string::npos && open < close) {
    const auto parts = split(std::string_view(text).substr(open + 1, close - open - 1), '/');
    const auto count = parts.size() == 2 ? parse_double(parts[0]).value_or(0) : 0;
    const auto base = parts.size() == 2 ? parse_double(parts[1]).value_or(0) : 0;
    if (count > 0 && base > 0 && std::isfinite(count / base)) return count / base;
  }
  const auto plain = parse_double(trim(std::string_view(text).substr(0, open))).value_or(0);
  return plain > 0 ? plain : 0;
}

void set_picture(ScannedTrack& track, const MakemkvAttributes& stream) {
  if (track.resolution) return;
  track.video_codec = codec_name(stream.text(kCodecId));
  track.resolution = picture_size(stream.text(kVideoSize));
  track.aspect = stream.text(kAspect);
  track.frame_rate = rate(stream.text(kFrameRate));
}

AudioStream audio(const MakemkvAttributes& stream, std::size_t index) {
  AudioStream result;
  result.index = static_cast<int>(index);
  result.codec = codec_name(stream.text(kCodecId));
  result.profile = codec_of_manifest(stream.text(kCodecLong)).profile;
  result.language = iso639_2b(stream.text(kLanguage));
  result.channels = small_number(stream.number(kChannels));
  result.sample_rate = small_number(stream.number(kSampleRate));
  result.name = stream.text(kName);
  result.flags = flags(stream);
  return result;
}

SubtitleStream subtitle(const MakemkvAttributes& stream, std::size_t index) {
  SubtitleStream result;
  result.index = static_cast<int>(index);
  result.codec = codec_name(stream.text(kCodecId));
  result.language = iso639_2b(stream.text(kLanguage));
  result.name = stream.text(kName);
  result.flags = flags(stream);
  result.flags.hearing_impaired = result.codec == "eia_608";
  return result;
}

}  // namespace

void set_makemkv_streams(ScannedTrack& track, const MakemkvTitle& title) {
  for (const auto& [number, stream] : title.streams) {
    switch (stream.code(kType)) {
      case kVideo:
        set_picture(track, stream);
        break;
      case kAudio:
        track.audio.push_back(audio(stream, track.audio.size()));
        break;
      case kSubtitle:
        track.subtitles.push_back(subtitle(stream, track.subtitles.size()));
        break;
      default:
        break;
    }
  }
}

}  // namespace amphi
