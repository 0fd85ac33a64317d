#include "reader/declared_streams.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "model/language.hpp"

namespace amphi {
namespace {

template <class Stream>
bool has_stream(const std::vector<Stream>& streams, int id) {
  return std::any_of(streams.begin(), streams.end(), [&](const Stream& s) { return s.stream_id == id; });
}

std::string language_of(std::uint16_t code, bool given) {
  if (!given) return "und";
  return iso639_2b(std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)});
}

std::optional<DvdAudioCodec> codec_of(unsigned audio_format) {
  switch (audio_format) {
    case 0:
      return DvdAudioCodec::kAc3;
    case 2:
    case 3:
      return DvdAudioCodec::kMpeg;
    case 4:
      return DvdAudioCodec::kLpcm;
    case 6:
      return DvdAudioCodec::kDts;
    default:
      return std::nullopt;
  }
}

int first_id_of(DvdAudioCodec codec) {
  switch (codec) {
    case DvdAudioCodec::kAc3:
      return 0x80;
    case DvdAudioCodec::kMpeg:
      return 0x1c0;
    case DvdAudioCodec::kLpcm:
      return 0xa0;
    case DvdAudioCodec::kDts:
      return 0x88;
  }
  return 0x80;
}

AudioFormat declared_format(const audio_attr_t& attributes, DvdAudioCodec codec) {
  static constexpr std::array kBits{16, 20, 24, 16};
  AudioFormat format;
  format.channels = attributes.channels + 1;
  format.sample_rate = attributes.sample_frequency == 1 ? 96000 : 48000;
  if (codec == DvdAudioCodec::kLpcm) format.bits = kBits[attributes.quantization];
  return format;
}

}  // namespace

DeclaredVideo declared_video(const vtsi_mat_t& set) {
  static constexpr std::array kWidths{720, 704, 352, 352};
  const auto& attributes = set.vts_video_attr;
  DeclaredVideo video;
  video.standard = attributes.video_format == 0 ? Standard::kNtsc : Standard::kPal;
  video.aspect = attributes.display_aspect_ratio == 3 ? Aspect::k16x9 : Aspect::k4x3;
  video.width = kWidths[attributes.picture_size];
  video.height = video.standard == Standard::kNtsc ? 480 : 576;
  if (attributes.picture_size == 3) video.height /= 2;
  return video;
}

std::vector<DeclaredAudio> declared_audio(const vtsi_mat_t& set, const pgc_t& chain) {
  std::vector<DeclaredAudio> streams;
  const std::size_t count = std::min<std::size_t>(set.nr_of_vts_audio_streams, std::size(set.vts_audio_attr));
  for (std::size_t i = 0; i < count; ++i) {
    const auto& attributes = set.vts_audio_attr[i];
    const auto codec = codec_of(attributes.audio_format);
    if ((chain.audio_control[i] & 0x8000U) == 0 || !codec) continue;
    DeclaredAudio stream;
    stream.stream_id = first_id_of(*codec) + (chain.audio_control[i] >> 8 & 7);
    if (has_stream(streams, stream.stream_id)) continue;
    stream.codec = *codec;
    stream.language = language_of(attributes.lang_code, attributes.lang_type == 1);
    stream.format = declared_format(attributes, *codec);
    stream.flags.visual_impaired = attributes.code_extension == 2;
    stream.flags.commentary = attributes.code_extension == 3 || attributes.code_extension == 4;
    streams.push_back(std::move(stream));
  }
  return streams;
}

std::vector<DeclaredSubtitle> declared_subtitles(const vtsi_mat_t& set, const pgc_t& chain, Aspect aspect) {
  std::vector<DeclaredSubtitle> streams;
  const std::size_t count = std::min<std::size_t>(set.nr_of_vts_subp_streams, std::size(set.vts_subp_attr));
  for (std::size_t i = 0; i < count; ++i) {
    const auto control = chain.subp_control[i];
    if ((control & 0x80000000U) == 0) continue;
    const auto& attributes = set.vts_subp_attr[i];
    DeclaredSubtitle stream;
    // A wide picture has streams of its own for wide, letter box and pan & scan; a 4:3 one has a single number.
    stream.stream_id = 0x20 + static_cast<int>(control >> (aspect == Aspect::k16x9 ? 16 : 24) & 31U);
    if (has_stream(streams, stream.stream_id)) continue;
    const int kind = attributes.code_extension;
    stream.language = language_of(attributes.lang_code, attributes.type == 1);
    stream.flags.hearing_impaired = kind >= 5 && kind <= 7;
    stream.flags.forced = kind == 9;
    stream.flags.commentary = kind >= 13 && kind <= 15;
    streams.push_back(std::move(stream));
  }
  return streams;
}

}  // namespace amphi
