// The output's streams: what the IFO declares, in its order, that has packets; parameters from the packets themselves.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "media/demuxer.hpp"
#include "media/matroska_out.hpp"
#include "media/remux_track.hpp"
#include "media/stream_index.hpp"
#include "reader/title_layout.hpp"

namespace amphi {

using RemuxTracks = std::map<int, RemuxTrack>;  // by stream id

struct OutputStreams {
  RemuxTracks tracks;
  int video = 0, audio = 0, subtitles = 0;
  int dropped_audio = 0, dropped_subtitles = 0;  // declared, without a single packet
};

// Throws WorkerFault "medium" when there is no picture at all.
OutputStreams add_output_streams(MatroskaOut& out, const TitleLayout& layout, const StreamIndex& index,
                                 const Demuxer& demuxer);

}  // namespace amphi
