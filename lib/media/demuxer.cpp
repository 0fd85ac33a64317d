#include "media/demuxer.hpp"

#include <algorithm>
#include <new>

#include "media/time_line.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

// More only costs memory: what begins later is added when it comes.
constexpr std::int64_t kProbeBytes = 16 << 20;

InputPtr open_input(AVIOContext* io) {
  AVFormatContext* raw = avformat_alloc_context();
  if (raw == nullptr) throw std::bad_alloc();
  raw->pb = io;
  // GENPTS: the pictures between two stamps get theirs from the decoding order.
  raw->flags |= AVFMT_FLAG_GENPTS | AVFMT_FLAG_CUSTOM_IO;
  raw->probesize = kProbeBytes;
  raw->max_analyze_duration = 10LL * AV_TIME_BASE;
  raw->fps_probe_size = 0;
  const int opened = avformat_open_input(&raw, nullptr, av_find_input_format("mpeg"), nullptr);
  InputPtr input(raw);  // null after a failure: libav has freed it
  check_av(opened, "the title's sectors are no program stream");
  check_av(avformat_find_stream_info(input.get(), nullptr), "the title's streams cannot be recognised");
  return input;
}

}  // namespace

Demuxer::Demuxer(RemuxSource& source) : source_(source), io_(source.make_io()) {
  try {
    input_ = open_input(io_.get());
  } catch (const WorkerFault&) {
    source_.rethrow();
    throw;
  }
  source_.rethrow();
}

const AVStream* Demuxer::find(int id) const {
  const std::span streams(input_->streams, input_->nb_streams);
  const auto found = std::find_if(streams.begin(), streams.end(), [&](const AVStream* s) { return s->id == id; });
  return found == streams.end() ? nullptr : *found;
}

AVPacket* Demuxer::next() {
  av_packet_unref(packet_.get());
  const int code = av_read_frame(input_.get(), packet_.get());
  source_.rethrow();
  if (code == AVERROR_EOF) return nullptr;
  check_av(code, "the title's packets cannot be read");
  av_packet_rescale_ts(packet_.get(), input_->streams[packet_->stream_index]->time_base, kTick90k);
  if (packet_->pts != AV_NOPTS_VALUE) packet_->pts -= kLead;
  if (packet_->dts != AV_NOPTS_VALUE) packet_->dts -= kLead;
  return packet_.get();
}

std::int64_t Demuxer::lead_in() const {
  std::int64_t lead = 0;
  for (const auto* stream : std::span(input_->streams, input_->nb_streams)) {
    if (stream->start_time == AV_NOPTS_VALUE || stream->id == kNavStream) continue;
    lead = std::max(lead, kLead - av_rescale_q(stream->start_time, stream->time_base, kTick90k));
  }
  return lead;
}

}  // namespace amphi
