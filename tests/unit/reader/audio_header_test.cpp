#include "reader/audio_header.hpp"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "discs.hpp"
#include "reader/title_layout.hpp"

namespace amphi {
namespace {

using Payload = std::vector<std::uint8_t>;

// The sub-stream header with a pointer to the first frame, then the frame.
Payload with_header(std::uint8_t id, const Payload& frame, std::uint8_t junk = 0) {
  Payload payload{id, 1, 0, static_cast<std::uint8_t>(junk + 1)};
  payload.insert(payload.end(), junk, 0x55);
  payload.insert(payload.end(), frame.begin(), frame.end());
  return payload;
}

Payload ac3(unsigned mode, unsigned mix_bits, unsigned low_frequency) {
  const unsigned tail = mode << 13 | low_frequency << (12 - mix_bits);
  return {0x0b, 0x77, 0, 0, 0x1e, 0x40, static_cast<std::uint8_t>(tail >> 8), static_cast<std::uint8_t>(tail)};
}

std::optional<AudioFormat> parse(DvdAudioCodec codec, const Payload& payload) {
  return parse_audio_format(codec, payload);
}

TEST(AudioHeader, CountsAc3Channels) {
  EXPECT_EQ(parse(DvdAudioCodec::kAc3, with_header(0x80, ac3(7, 4, 1))), (AudioFormat{6, 48000, 0}));
  EXPECT_EQ(parse(DvdAudioCodec::kAc3, with_header(0x80, ac3(7, 4, 0))), (AudioFormat{5, 48000, 0}));
  EXPECT_EQ(parse(DvdAudioCodec::kAc3, with_header(0x80, ac3(2, 2, 0), 9)), (AudioFormat{2, 48000, 0}));
  EXPECT_EQ(parse(DvdAudioCodec::kAc3, with_header(0x80, ac3(1, 0, 0))), (AudioFormat{1, 48000, 0}));
  EXPECT_EQ(parse(DvdAudioCodec::kAc3, with_header(0x80, ac3(3, 2, 1))), (AudioFormat{4, 48000, 0}));
}

TEST(AudioHeader, ReadsDts) {
  // FTYPE 1, SHORT 31, CPF 0, NBLKS 15, FSIZE 1005, AMODE 9, SFREQ 13, RATE 15, then flags up to LFF 2.
  const Payload frame{0x7f, 0xfe, 0x80, 0x01, 0xfc, 0x3c, 0x3e, 0xd2, 0x75, 0xe0, 0x04, 0x00};
  EXPECT_EQ(parse(DvdAudioCodec::kDts, with_header(0x88, frame)), (AudioFormat{6, 48000, 0}));
}

TEST(AudioHeader, ReadsMpegAudioWhereverItsFrameBegins) {
  EXPECT_EQ(parse(DvdAudioCodec::kMpeg, {0xff, 0xfd, 0xa4, 0x04}), (AudioFormat{2, 48000, 0}));
  EXPECT_EQ(parse(DvdAudioCodec::kMpeg, {1, 2, 0xff, 0xfd, 0xa4, 0xc4}), (AudioFormat{1, 48000, 0}));
  EXPECT_FALSE(parse(DvdAudioCodec::kMpeg, {0xff, 0xff, 0xff, 0xff}));
}

TEST(AudioHeader, ReadsLpcm) {
  EXPECT_EQ(parse(DvdAudioCodec::kLpcm, {0xa0, 1, 0, 1, 0, 0x01, 0x80}), (AudioFormat{2, 48000, 16}));
  EXPECT_EQ(parse(DvdAudioCodec::kLpcm, {0xa1, 1, 0, 1, 0, 0x97, 0x80}), (AudioFormat{8, 96000, 24}));
  EXPECT_FALSE(parse(DvdAudioCodec::kLpcm, {0xa1, 1, 0, 1, 0, 0xc1, 0x80}));
}

TEST(AudioHeader, SaysNothingWhereNoFrameBegins) {
  EXPECT_FALSE(parse(DvdAudioCodec::kAc3, {0x80, 0, 0, 0, 0x0b, 0x77, 0, 0, 0, 0, 0, 0}));
  EXPECT_FALSE(parse(DvdAudioCodec::kAc3, with_header(0x80, {1, 2, 3, 4, 5, 6, 7, 8})));
}

TEST(AudioHeader, EveryTruncationGivesNothing) {
  const std::vector<std::pair<DvdAudioCodec, Payload>> samples{
      {DvdAudioCodec::kAc3, with_header(0x80, Payload{0x0b, 0x77, 0, 0, 0x1e, 0x40, 0xe1})},
      {DvdAudioCodec::kDts, with_header(0x88, {0x7f, 0xfe, 0x80, 0x01, 0xfc, 0x3c, 0x3e, 0xd2, 0x75, 0xe0, 0x04})},
      {DvdAudioCodec::kMpeg, {0xff, 0xfd, 0xa4, 0x04}},
      {DvdAudioCodec::kLpcm, {0xa0, 1, 0, 1, 0, 0x01, 0x80}}};
  for (const auto& [codec, payload] : samples) {
    EXPECT_TRUE(parse(codec, payload));
    for (std::size_t size = 0; size < payload.size(); ++size) {
      EXPECT_FALSE(parse(codec, Payload(payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(size)))) << size;
    }
  }
}

TEST(AudioHeader, SurvivesNoise) {
  std::mt19937 random(11);
  for (int turn = 0; turn < 20000; ++turn) {
    Payload payload(random() % 64);
    for (auto& byte : payload) byte = static_cast<std::uint8_t>(random());
    for (auto codec : {DvdAudioCodec::kAc3, DvdAudioCodec::kDts, DvdAudioCodec::kMpeg, DvdAudioCodec::kLpcm}) {
      const auto format = parse(codec, payload);
      EXPECT_GT(format.value_or(AudioFormat{1, 0, 0}).channels, 0);
    }
  }
}

}  // namespace
}  // namespace amphi
