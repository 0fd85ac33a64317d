// A title's sectors, from the disc to an append-only file that can be continued.
#pragma once

#include "media/durable_sectors.hpp"
#include "media/events.hpp"
#include "media/title_layout.hpp"
#include "model/media_job.hpp"

namespace amphi {

// Unreadable sectors are tried again one by one and, where that fails too, written as zeros and counted. A source that
// ends before the title does throws MediaFault "medium", one that nobody decrypted "key". Interrupted: what was read is
// safe and recorded. The result counts the bad sectors of this run; the remux counts those of the whole file.
DvdSectorsResult copy_sectors(SectorReader& vobs, const std::vector<Cell>& cells, DurableSectors& out, Events& events);

DvdSectorsResult run_dvd_sectors(const DvdSectorsJob& job, Events& events);

}  // namespace amphi
