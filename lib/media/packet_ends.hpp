// Where each stream's packets end, from the packets themselves; and, when all are read, where they stop in between.
#pragma once

#include <cstdint>
#include <vector>

#include "media/av.hpp"
#include "model/worker_job.hpp"

namespace amphi {

class PacketEnds {
 public:
  explicit PacketEnds(const AVFormatContext& input) : streams_(input.nb_streams) {}

  // `file_size`: a packet that would reach beyond it is not there.
  void take(const AVFormatContext& input, const AVPacket& packet, std::int64_t file_size);
  // Every video and audio stream has been seen.
  bool is_complete(const AVFormatContext& input) const;
  bool is_empty() const;
  double end_seconds(std::size_t stream) const;  // 0: no packets
  std::vector<ProbedGap> gaps() const { return gaps_; }
  std::int64_t corrupt() const { return corrupt_; }

 private:
  struct Stream {
    std::int64_t packets = 0;
    double last = 0, before_last = 0;  // the two latest presentation times
    bool last_lasts = false;           // the packet at `last` says how long
    double end = 0;
  };
  void note_gap(const AVStream& stream, const Stream& state, double at);

  std::vector<Stream> streams_;
  std::vector<ProbedGap> gaps_;
  std::int64_t corrupt_ = 0;
};

// Cover art is no video stream.
bool is_picture(const AVStream& stream);
bool is_timed_media(const AVStream& stream);  // video or audio: what has no pauses

}  // namespace amphi
