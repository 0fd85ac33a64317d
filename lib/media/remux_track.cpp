#include "media/remux_track.hpp"

#include <algorithm>
#include <cstdlib>

#include "media/subpicture.hpp"

namespace amphi {

void RemuxTrack::stamp(AVPacket& packet) {
  if (type() == AVMEDIA_TYPE_AUDIO && !lpcm_) smooth(packet);
  if (type() == AVMEDIA_TYPE_SUBTITLE && packet.size > 0) {
    const Bytes unit(packet.data, static_cast<std::size_t>(packet.size));
    if (const auto duration = subpicture_duration(unit)) packet.duration = *duration;
  }
  if (packet.pts == AV_NOPTS_VALUE) packet.pts = packet.dts;
  if (packet.pts == AV_NOPTS_VALUE) packet.pts = last_pts_ == AV_NOPTS_VALUE ? 0 : last_pts_ + last_duration_;
  packet.pts = std::max<std::int64_t>(packet.pts, 0);
  if (packet.dts == AV_NOPTS_VALUE) packet.dts = packet.pts;
  // Where two VOBs join, sound may overlap by a frame.
  if (last_dts_ != AV_NOPTS_VALUE && packet.dts <= last_dts_) {
    packet.dts = last_dts_ + 1;
    packet.pts = std::max(packet.pts, packet.dts);
  }
  last_dts_ = packet.dts;
  last_pts_ = packet.pts;
  last_duration_ = packet.duration;
  ++packets_;
  end_ = std::max(end_, packet.pts + packet.duration);
}

// libav's parser hangs the stamp of a PES packet on the wrong frame now and then: a deviation of about a frame counts
// only when the next frame agrees.
void RemuxTrack::smooth(AVPacket& packet) {
  if (last_pts_ == AV_NOPTS_VALUE || packet.pts == AV_NOPTS_VALUE) return;
  const auto expected = last_pts_ + last_duration_;
  const auto deviation = packet.pts - expected;
  if (deviation != 0 && deviation != deviation_ && std::abs(deviation) < 2 * packet.duration) {
    packet.pts = packet.dts = expected;
  }
  deviation_ = deviation;
}

}  // namespace amphi
