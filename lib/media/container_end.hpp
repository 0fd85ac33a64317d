// Whether a media file reaches as far as its outermost sizes claim: Matroska's segment (RFC 9559), the boxes of ISO
// 14496-12 (MP4), the chunks of RIFF (WAVE, AVI), RF64 (EBU Tech 3306), W64 (Sony's), and AIFF. What lies within is
// libav's business.
#pragma once

#include "media/media_file.hpp"

namespace amphi {

bool is_matroska(const MediaFile& file);

// False: it was cut, or its writer did not come to the end of it: the size of Matroska's segment is what is last
// written, and live streams never have one. True, too, where the container claims no size.
bool is_finished(const MediaFile& file);

}  // namespace amphi
