#include "media/packet_ends.hpp"

#include <algorithm>
#include <string_view>

extern "C" {
#include <libavutil/crc.h>
}

namespace amphi {
namespace {

constexpr double kGap = 1.0;  // seconds without a packet: more than any frame lasts

// What a crash leaves where blocks were allocated and never written. Only video: silence in PCM is nothing but zeros.
bool is_blank(const AVStream& stream, const AVPacket& packet) {
  return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && packet.size > 0 &&
         std::all_of(packet.data, packet.data + packet.size, [](std::uint8_t byte) { return byte == 0; });
}

// Every sample stands for itself: a packet of fewer is short, not damaged. Pipes' WAVE files end so.
bool is_pcm(const AVStream& stream) {
  const auto codec = stream.codecpar->codec_id;
  return codec >= AV_CODEC_ID_FIRST_AUDIO && codec < AV_CODEC_ID_ADPCM_IMA_QT;
}

// What taggers put behind a FLAC file, and its parser takes for the rest of the last frame.
bool is_no_frame(std::string_view bytes) {
  return bytes.starts_with("TAG") || bytes.starts_with("APETAGEX") || bytes.find_first_not_of('\0') == bytes.npos;
}

// A frame ends with the CRC-16 of all that is before it (RFC 9639, 9.3), so that the CRC of all of it is 0.
bool is_broken_flac(const AVStream& stream, const AVPacket& packet) {
  if (stream.codecpar->codec_id != AV_CODEC_ID_FLAC || packet.size <= 0) return false;
  const auto* table = av_crc_get_table(AV_CRC_16_ANSI);
  const auto size = static_cast<std::size_t>(packet.size);
  if (av_crc(table, 0, packet.data, size) == 0) return false;
  const std::string_view bytes(reinterpret_cast<const char*>(packet.data), size);
  std::uint32_t crc = 0;
  for (std::size_t end = 1; end < size; ++end) {
    crc = av_crc(table, crc, packet.data + end - 1, 1);
    if (crc == 0 && is_no_frame(bytes.substr(end))) return false;
  }
  return true;
}

bool is_corrupt(const AVStream& stream, const AVPacket& packet, std::int64_t file_size) {
  return ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0 && !is_pcm(stream)) || packet.pos >= file_size ||
         is_blank(stream, packet) || is_broken_flac(stream, packet);
}

}  // namespace

bool is_picture(const AVStream& stream) {
  return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
}

bool is_timed_media(const AVStream& stream) {
  const auto type = stream.codecpar->codec_type;
  return (type == AVMEDIA_TYPE_VIDEO && !is_picture(stream)) || type == AVMEDIA_TYPE_AUDIO;
}

void PacketEnds::take(const AVFormatContext& input, const AVPacket& packet, std::int64_t file_size) {
  const auto index = static_cast<std::size_t>(packet.stream_index);
  if (index >= streams_.size()) streams_.resize(input.nb_streams);
  const auto& stream = *input.streams[index];
  if (is_picture(stream)) return;
  if (is_corrupt(stream, packet, file_size)) {
    ++corrupt_;
    return;
  }
  const auto stamp = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
  if (stamp == AV_NOPTS_VALUE) return;
  const double unit = av_q2d(stream.time_base);
  const double at = static_cast<double>(stamp) * unit;
  auto& state = streams_[index];
  note_gap(stream, state, at);
  if (state.packets == 0 || at > state.last) {
    state.before_last = state.packets == 0 ? at : state.last;
    state.last = at;
    state.last_lasts = packet.duration > 0;
  } else if (at > state.before_last) {
    state.before_last = at;
  }
  ++state.packets;
  state.end = std::max(state.end, at + static_cast<double>(packet.duration) * unit);
}

void PacketEnds::note_gap(const AVStream& stream, const Stream& state, double at) {
  if (state.packets == 0 || !is_timed_media(stream)) return;
  const double from = std::max(state.end, state.last);
  if (at - from > kGap) gaps_.push_back({stream.index, from, at - from});
}

bool PacketEnds::is_complete(const AVFormatContext& input) const {
  for (unsigned i = 0; i < input.nb_streams; ++i) {
    if (is_timed_media(*input.streams[i]) && (i >= streams_.size() || streams_[i].packets == 0)) return false;
  }
  return true;
}

bool PacketEnds::is_empty() const {
  return std::all_of(streams_.begin(), streams_.end(), [](const Stream& s) { return s.packets == 0; });
}

double PacketEnds::end_seconds(std::size_t stream) const {
  if (stream >= streams_.size()) return 0;
  const auto& state = streams_[stream];
  // A packet without a duration lasts as long as the one before it.
  return state.last_lasts || state.packets < 2 ? std::max(state.end, state.last)
                                               : std::max(state.end, 2 * state.last - state.before_last);
}

}  // namespace amphi
