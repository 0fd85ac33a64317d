// Sectors of an audio CD's image, as they are on the disc.
#pragma once

#include "model/worker_job.hpp"
#include "reader/events.hpp"

namespace amphi {

// Throws WorkerFault "source", "medium", "space"; Error where a cue sheet is none.
SectorsResult run_cd_sectors(const CdSectorsJob& job, Events& events);

}  // namespace amphi
