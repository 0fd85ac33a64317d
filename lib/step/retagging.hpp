// Languages, names, flags, chapters and tags set in the temporary file, in place, by mkvpropedit; then the file's front
// is put in order.
#pragma once

#include "step/step_work.hpp"
#include "tools/retag.hpp"

namespace amphi {

KeptStreams keep_all(const ScannedTrack& track);
void retag(StepWork& work, const KeptStreams& kept);

}  // namespace amphi
