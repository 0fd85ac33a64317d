#include "media/av.hpp"

#include <array>
#include <cstdlib>
#include <new>

#include "reader/fault.hpp"

namespace amphi {

void FreeAv::operator()(AVIOContext* io) const {
  av_freep(&io->buffer);
  avio_context_free(&io);
}

PacketPtr make_packet() {
  PacketPtr packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

FramePtr make_frame() {
  FramePtr frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

std::string av_error_text(int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(code, text.data(), text.size());
  return text.data();
}

int check_av(int code, const std::string& what, Cause cause) {
  if (code >= 0) return code;
  if (code == AVERROR(ENOMEM)) throw std::bad_alloc();
  if (code == AVERROR(ENOSPC) || code == AVERROR(EDQUOT)) throw_errno(AVUNERROR(code), what);
  throw WorkerFault(cause, what + ": " + av_error_text(code));
}

void configure_av_log() {
  av_log_set_level(std::getenv("AMPHI_MEDIA_DEBUG") != nullptr ? AV_LOG_VERBOSE : AV_LOG_QUIET);
}

}  // namespace amphi
