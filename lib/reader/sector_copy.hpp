// A title's sectors, from the disc to an append-only file that can be continued.
#pragma once

#include <functional>
#include <string>

#include "model/worker_job.hpp"
#include "reader/durable_sectors.hpp"
#include "reader/events.hpp"
#include "reader/title_layout.hpp"

namespace amphi {

// What a kind of disc makes of a sector that was read.
enum class SectorState { kGood, kBad, kEncrypted };
struct SectorKind {
  std::string file;  // whose sectors they are: "its VOBs", "00800.m2ts"
  std::function<SectorState(std::int64_t sector, std::span<const std::uint8_t> bytes)> inspect;
  std::string cipher, way_out;  // where they are encrypted: CSS, AACS; what to do
};
SectorKind vob_sectors();

// The part of a job that one copy is: sectors in the files before it, sectors in all.
struct CopyPart {
  std::int64_t before = 0, total = 0;
};

// Unreadable sectors are tried again one by one and, where that fails too, written as zeros and counted. A source that
// ends before the title does throws WorkerFault "medium", one that nobody decrypted "key". Interrupted: what was read
// is safe and recorded. The result counts the bad sectors of this run; the remux counts those of the whole file.
SectorsResult copy_sectors(SectorReader& source, const std::vector<Cell>& cells, const SectorKind& kind, CopyPart part,
                           DurableSectors& out, Events& events);

SectorsResult run_dvd_sectors(const DvdSectorsJob& job, Events& events);

}  // namespace amphi
