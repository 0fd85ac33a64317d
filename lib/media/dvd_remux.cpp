#include "media/dvd_remux.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "media/output_streams.hpp"
#include "media/probe.hpp"
#include "media/sector_file.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

class Remux {
 public:
  Remux(const TitleLayout& layout, SectorReader& sectors, int out_fd, Events& events)
      : layout_(layout),
        line_(make_time_line(layout.cells, sectors)),
        index_(index_streams(layout, sectors)),
        source_(sectors, layout_, line_),
        demuxer_(source_),
        lead_in_(demuxer_.lead_in()),
        out_(out_fd),
        events_(events) {}

  DvdRemuxResult run(const std::vector<std::pair<std::string, std::string>>& tags) {
    streams_ = add_output_streams(out_, layout_, index_, demuxer_);
    out_.set_chapters(chapter_starts(), line_.length() + lead_in_);
    out_.set_tags(tags);
    out_.write_header();
    while (auto* packet = demuxer_.next()) {
      pass_on(*packet);
      events_.progress(source_.bytes_done(), total_bytes(), source_.bytes_done());
    }
    out_.finish();
    return result();
  }

 private:
  std::int64_t total_bytes() const { return layout_.sectors() * static_cast<std::int64_t>(kSectorSize); }

  std::vector<std::int64_t> chapter_starts() const {
    std::vector<std::int64_t> starts;
    for (const auto cell : layout_.chapters) starts.push_back(line_.cells[cell].start + lead_in_);
    return starts;
  }

  void pass_on(AVPacket& packet) {
    const auto found = streams_.tracks.find(demuxer_.id_of(packet));
    if (found == streams_.tracks.end()) return;  // NAV packs, and what the IFO does not declare
    auto& track = found->second;
    if (packet.pts != AV_NOPTS_VALUE) packet.pts += lead_in_;
    if (packet.dts != AV_NOPTS_VALUE) packet.dts += lead_in_;
    if (track.lpcm() == nullptr) {
      write(track, packet);
      return;
    }
    track.lpcm()->decode(packet, track.stream().codecpar->codec_id, [&](AVPacket& pcm) { write(track, pcm); });
  }

  void write(RemuxTrack& track, AVPacket& packet) {
    track.stamp(packet);
    packet.stream_index = track.stream().index;
    packet.pos = -1;
    out_.write(packet);
  }

  DvdRemuxResult result() const {
    DvdRemuxResult result;
    for (const auto& [id, track] : streams_.tracks) {
      if (track.type() == AVMEDIA_TYPE_SUBTITLE) continue;
      const double end = static_cast<double>(track.end()) / 90000;
      result.media.duration_seconds = std::max(result.media.duration_seconds, end);
    }
    result.media.video_streams = streams_.video;
    result.media.audio_streams = streams_.audio;
    result.media.subtitle_streams = streams_.subtitles;
    result.media.chapters = static_cast<int>(layout_.chapters.size());
    result.declared_seconds = static_cast<double>(line_.length()) / 90000;
    result.bad_sectors = source_.bad_sectors();
    result.dropped_audio = streams_.dropped_audio;
    result.dropped_subtitles = streams_.dropped_subtitles;
    return result;
  }

  const TitleLayout& layout_;
  TimeLine line_;
  StreamIndex index_;
  RemuxSource source_;
  Demuxer demuxer_;
  std::int64_t lead_in_;
  MatroskaOut out_;
  Events& events_;
  OutputStreams streams_;
};

}  // namespace

DvdRemuxResult run_dvd_remux(const DvdRemuxJob& job, Events& events) {
  const auto layout = load_title(DvdDisc(job.source), job.title);
  SectorFile sectors(job.sectors_fd);
  if (sectors.sectors() != layout.sectors()) {
    throw WorkerFault(Cause::kMedium, fmt::format("the file of sectors has {} sectors, the title {}", sectors.sectors(),
                                                  layout.sectors()));
  }
  auto result = Remux(layout, sectors, job.out_fd, events).run(job.tags);
  result.read_back = probe_file(fmt::format("/proc/self/fd/{}", job.out_fd), ProbeDepth::kTail).media;
  return result;
}

}  // namespace amphi
