// libav's program stream demuxer over a title's sectors.
#pragma once

#include <cstdint>
#include <optional>

#include "media/av.hpp"
#include "media/remux_source.hpp"

namespace amphi {

class Demuxer {
 public:
  explicit Demuxer(RemuxSource& source);

  // The stream with libav's id, or nullptr while none has appeared.
  const AVStream* find(int id) const;
  // The next packet, its times on the title's clock in 90 kHz; nullptr at the end.
  AVPacket* next();
  int id_of(const AVPacket& packet) const { return input_->streams[packet.stream_index]->id; }
  // How far the earliest packet lies before the first picture: Matroska has no negative times, so media and chapters
  // are moved by this.
  std::int64_t lead_in() const;

 private:
  RemuxSource& source_;
  IoPtr io_;
  InputPtr input_;
  PacketPtr packet_ = make_packet();
};

}  // namespace amphi
