// The streams that a program chain declares (audio_control bit 15, subp_control bit 31), with the attributes that its
// title set gives them.
#pragma once

#include <vector>

#include <dvdread/ifo_types.h>

#include "reader/title_layout.hpp"

namespace amphi {

DeclaredVideo declared_video(const vtsi_mat_t& set);
// A physical stream that two entries name comes once; so in both.
std::vector<DeclaredAudio> declared_audio(const vtsi_mat_t& set, const pgc_t& chain);
std::vector<DeclaredSubtitle> declared_subtitles(const vtsi_mat_t& set, const pgc_t& chain, Aspect aspect);

}  // namespace amphi
