// Sectors of an audio CD's image, as they are on the disc.
#pragma once

#include "media/events.hpp"
#include "model/media_job.hpp"

namespace amphi {

// Throws MediaFault "source", "medium", "space"; Error where a cue sheet is none.
SectorsResult run_cd_sectors(const CdSectorsJob& job, Events& events);

}  // namespace amphi
