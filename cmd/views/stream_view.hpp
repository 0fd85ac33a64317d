// The elementary streams of a track.
#pragma once

#include "amphi/track.hpp"
#include "view.hpp"

namespace amphi::cmd {

const View<AudioStream>& audio_view();
const ViewInfo& audio_info();
const View<SubtitleStream>& subtitle_view();
const ViewInfo& subtitle_info();

// "eng de fre/eng": languages of audio, then of subtitles, each once.
std::string stream_summary(const ScannedTrack& track);

}  // namespace amphi::cmd
