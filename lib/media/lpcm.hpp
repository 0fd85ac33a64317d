// LPCM as DVDs pack it, unpacked to the little-endian samples that Matroska and everybody else knows. Lossless.
#pragma once

#include <cstdint>
#include <functional>

#include "media/av.hpp"
#include "reader/audio_header.hpp"

namespace amphi {

class LpcmDecoder {
 public:
  LpcmDecoder();
  // 16 bits stay 16, 20 and 24 become 24.
  static AVCodecID output_codec(const AudioFormat& format);
  // Gives a packet for what `packet` holds, times in 90 kHz. A packet that is damaged gives none.
  void decode(const AVPacket& packet, AVCodecID output, const std::function<void(AVPacket&)>& take);

 private:
  std::int64_t place(const AVFrame& frame, std::int64_t stamp);

  CodecPtr decoder_;
  FramePtr frame_ = make_frame();
  PacketPtr out_ = make_packet();
  std::int64_t base_ = AV_NOPTS_VALUE, samples_ = 0;  // since `base_`
};

}  // namespace amphi
