// One output stream on its way: its time stamps made whole.
#pragma once

#include <cstdint>
#include <memory>

#include "media/av.hpp"
#include "media/lpcm.hpp"

namespace amphi {

class RemuxTrack {
 public:
  explicit RemuxTrack(AVStream* stream) : stream_(stream) {}

  const AVStream& stream() const { return *stream_; }
  AVMediaType type() const { return stream_->codecpar->codec_type; }
  void decode_lpcm() { lpcm_ = std::make_unique<LpcmDecoder>(); }
  LpcmDecoder* lpcm() { return lpcm_.get(); }

  // Gives the packet times that Matroska can hold: none missing, none negative, decoding order strictly rising. 90 kHz.
  void stamp(AVPacket& packet);
  std::int64_t packets() const { return packets_; }
  std::int64_t end() const { return end_; }  // 90 kHz, of the last packet

 private:
  void smooth(AVPacket& packet);

  AVStream* stream_;
  std::unique_ptr<LpcmDecoder> lpcm_;
  std::int64_t last_pts_ = AV_NOPTS_VALUE, last_dts_ = AV_NOPTS_VALUE;
  std::int64_t last_duration_ = 0, deviation_ = 0, packets_ = 0, end_ = 0;
};

}  // namespace amphi
