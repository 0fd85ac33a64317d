#include "media/lpcm.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

#include "reader/fault.hpp"

namespace amphi {
namespace {

// A stamp belongs to the first LPCM frame that begins in a packet, not to its first sample: up to 1/600 s apart. What
// is within this is the same place; more is a jump.
constexpr std::int64_t kJitter = 90000 / 100;

void copy_samples(const AVFrame& frame, AVCodecID output, std::uint8_t* out) {
  const auto count = static_cast<std::size_t>(frame.nb_samples) * static_cast<std::size_t>(frame.ch_layout.nb_channels);
  const std::uint8_t* in = frame.data[0];
  if (frame.format == AV_SAMPLE_FMT_S16) {
    std::memcpy(out, in, count * 2);
    return;
  }
  // 32 bits with the sample in the upper 24, or less: S16 is written where the stream began so.
  const std::size_t width = output == AV_CODEC_ID_PCM_S16LE ? 2 : 3;
  for (std::size_t i = 0; i < count; ++i) std::memcpy(out + width * i, in + 4 * i + (4 - width), width);
}

}  // namespace

LpcmDecoder::LpcmDecoder() {
  const auto* codec = avcodec_find_decoder(AV_CODEC_ID_PCM_DVD);
  if (codec == nullptr)
    throw WorkerFault(Cause::kOther, "this libavcodec cannot decode DVD LPCM", "apt install libavcodec59");
  decoder_.reset(avcodec_alloc_context3(codec));
  if (!decoder_) throw std::bad_alloc();
  check_av(avcodec_open2(decoder_.get(), codec, nullptr), "LPCM cannot be decoded", Cause::kOther);
}

AVCodecID LpcmDecoder::output_codec(const AudioFormat& format) {
  return format.bits == 16 ? AV_CODEC_ID_PCM_S16LE : AV_CODEC_ID_PCM_S24LE;
}

std::int64_t LpcmDecoder::place(const AVFrame& frame, std::int64_t stamp) {
  const auto expected = base_ == AV_NOPTS_VALUE ? AV_NOPTS_VALUE : base_ + samples_ * 90000 / frame.sample_rate;
  if (expected == AV_NOPTS_VALUE || (stamp != AV_NOPTS_VALUE && std::abs(stamp - expected) > kJitter)) {
    base_ = stamp;
    samples_ = 0;
  }
  const auto at = base_ == AV_NOPTS_VALUE ? stamp : base_ + samples_ * 90000 / frame.sample_rate;
  samples_ += frame.nb_samples;
  return at;
}

void LpcmDecoder::decode(const AVPacket& packet, AVCodecID output, const std::function<void(AVPacket&)>& take) {
  if (avcodec_send_packet(decoder_.get(), &packet) < 0) return;
  while (avcodec_receive_frame(decoder_.get(), frame_.get()) >= 0) {
    const int width = output == AV_CODEC_ID_PCM_S16LE ? 2 : 3;
    const bool narrow = frame_->format == AV_SAMPLE_FMT_S16;
    if (frame_->sample_rate <= 0 || (narrow && width != 2)) continue;  // changed in the middle: a damaged header
    check_av(av_new_packet(out_.get(), frame_->nb_samples * frame_->ch_layout.nb_channels * width), "LPCM");
    copy_samples(*frame_, output, out_->data);
    out_->pts = out_->dts = place(*frame_, packet.pts);
    out_->duration = frame_->nb_samples * 90000LL / frame_->sample_rate;
    take(*out_);
    av_packet_unref(out_.get());
  }
}

}  // namespace amphi
