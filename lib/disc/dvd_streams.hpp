// The streams that a DVD's program chain declares, with the numbers they have in the program stream.
#pragma once

#include <string>
#include <vector>

#include <dvdread/ifo_types.h>

#include "amphi/track.hpp"

namespace amphi {

// Bit 15 of audio_control says that the stream is there, bits 8 to 10 its physical number, which differs from its place
// in the title set's table. Two entries with the same physical number are one stream.
std::vector<AudioStream> audio_streams(const vtsi_mat_t& set, const pgc_t& chain);

// Bit 31 of subp_control; the number in bits 24 to 28 (4:3) or 16 to 20 (wide).
std::vector<SubtitleStream> subtitle_streams(const vtsi_mat_t& set, const pgc_t& chain);

std::string video_codec(const video_attr_t& video);  // "mpeg1video", "mpeg2video"
Resolution resolution(const video_attr_t& video);
std::string aspect(const video_attr_t& video);  // "16:9", "4:3"
double frame_rate(const video_attr_t& video);   // 25 or 30000/1001

// Seconds of an IFO's time. NTSC counts 30 non-drop frames, each 1001/30000 s long. `fallback_rate` is for a time that
// carries no rate of its own.
double seconds(const dvd_time_t& time, double fallback_rate);

}  // namespace amphi
