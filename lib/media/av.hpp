// libav's objects as values that free themselves, and its error codes as WorkerFault.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include "amphi/cause.hpp"

namespace amphi {

struct FreeAv {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVIOContext* io) const;
};
using PacketPtr = std::unique_ptr<AVPacket, FreeAv>;
using FramePtr = std::unique_ptr<AVFrame, FreeAv>;
using CodecPtr = std::unique_ptr<AVCodecContext, FreeAv>;
using IoPtr = std::unique_ptr<AVIOContext, FreeAv>;

struct CloseInput {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
struct FreeOutput {
  void operator()(AVFormatContext* context) const { avformat_free_context(context); }
};
using InputPtr = std::unique_ptr<AVFormatContext, CloseInput>;
using OutputPtr = std::unique_ptr<AVFormatContext, FreeOutput>;

PacketPtr make_packet();
FramePtr make_frame();

// The code unchanged when it is no error; else WorkerFault `cause`, ENOSPC as "space".
int check_av(int code, const std::string& what, Cause cause = Cause::kMedium);
std::string av_error_text(int code);

// libav's own messages: to stderr with AMPHI_MEDIA_DEBUG set, else nowhere.
void configure_av_log();

constexpr AVRational kTick90k{1, 90000};

}  // namespace amphi
