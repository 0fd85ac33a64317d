#include "reader/audio_header.hpp"

#include <array>

namespace amphi {
namespace {

// From the first access unit on: the pointer counts from the byte after itself, beginning with 1.
Bytes first_frame(Bytes payload) {
  if (payload.size() < 4) return {};
  const std::size_t pointer = be16(payload, 2);
  if (pointer == 0 || pointer + 3 >= payload.size()) return {};
  return payload.subspan(pointer + 3);
}

std::optional<AudioFormat> parse_ac3(Bytes frame) {
  static constexpr std::array kChannels{2, 1, 2, 3, 3, 4, 4, 5};
  static constexpr std::array kRates{48000, 44100, 32000};
  BitReader bits(frame);
  if (bits.take(16) != 0x0b77) return std::nullopt;
  bits.skip(16);
  const auto rate = bits.take(2);
  bits.skip(6 + 5 + 3);
  const auto mode = bits.take(3);
  if ((mode & 1U) != 0 && mode != 1) bits.skip(2);
  if ((mode & 4U) != 0) bits.skip(2);
  if (mode == 2) bits.skip(2);
  const auto low_frequency = bits.take(1);
  if (bits.overrun() || rate >= kRates.size()) return std::nullopt;
  return AudioFormat{kChannels[mode] + static_cast<int>(low_frequency), kRates[rate], 0};
}

std::optional<AudioFormat> parse_dts(Bytes frame) {
  static constexpr std::array kChannels{1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6, 6, 6, 7, 8, 8};
  static constexpr std::array kRates{0, 8000, 16000, 32000, 0, 0, 11025, 22050, 44100, 0, 0, 12000, 24000, 48000, 0, 0};
  BitReader bits(frame);
  if (bits.take(32) != 0x7ffe8001) return std::nullopt;
  bits.skip(1 + 5 + 1 + 7 + 14);
  const auto mode = bits.take(6);
  const auto rate = bits.take(4);
  bits.skip(5 + 1 + 1 + 1 + 1 + 1 + 3 + 1 + 1);
  const auto low_frequency = bits.take(2);
  if (bits.overrun() || mode >= kChannels.size() || kRates[rate] == 0) return std::nullopt;
  return AudioFormat{kChannels[mode] + (low_frequency != 0 ? 1 : 0), kRates[rate], 0};
}

std::optional<AudioFormat> parse_mpeg_frame(Bytes frame) {
  static constexpr std::array kRates{44100, 48000, 32000};
  BitReader bits(frame);
  if (bits.take(11) != 0x7ff) return std::nullopt;
  const auto version = bits.take(2);
  const auto layer = bits.take(2);
  bits.skip(1);
  const auto bit_rate = bits.take(4);
  const auto rate = bits.take(2);
  bits.skip(2);
  const auto mode = bits.take(2);
  if (bits.overrun() || version < 2 || layer == 0 || bit_rate == 15 || rate >= kRates.size()) return std::nullopt;
  return AudioFormat{mode == 3 ? 1 : 2, kRates[rate] / (version == 2 ? 2 : 1), 0};
}

// MPEG audio has no pointer: its first sync word is looked for.
std::optional<AudioFormat> parse_mpeg(Bytes payload) {
  for (std::size_t at = 0; at + 4 <= payload.size(); ++at) {
    if (const auto format = parse_mpeg_frame(payload.subspan(at))) return format;
  }
  return std::nullopt;
}

std::optional<AudioFormat> parse_lpcm(Bytes payload) {
  static constexpr std::array kRates{48000, 96000, 44100, 32000};
  static constexpr std::array kBits{16, 20, 24};
  if (payload.size() < 7) return std::nullopt;
  const unsigned word = payload[5];
  if (word >> 6 >= kBits.size()) return std::nullopt;
  return AudioFormat{static_cast<int>(word & 7U) + 1, kRates[word >> 4 & 3U], kBits[word >> 6]};
}

}  // namespace

std::optional<AudioFormat> parse_audio_format(DvdAudioCodec codec, Bytes payload) {
  switch (codec) {
    case DvdAudioCodec::kAc3:
      return parse_ac3(first_frame(payload));
    case DvdAudioCodec::kDts:
      return parse_dts(first_frame(payload));
    case DvdAudioCodec::kMpeg:
      return parse_mpeg(payload);
    case DvdAudioCodec::kLpcm:
      return parse_lpcm(payload);
  }
  return std::nullopt;
}

}  // namespace amphi
