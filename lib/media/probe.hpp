// What a media file really holds.
#pragma once

#include <string>

#include "model/worker_job.hpp"

namespace amphi {

// kTail: the header, and the packets at the end of the data that is there. kFull: every packet.
enum class ProbeDepth { kTail, kFull };

// Nothing is decoded. Times are those of the packets: a header that claims more is not believed. Throws WorkerFault
// "judge" for what is no medium.
ProbeResult probe_file(const std::string& path, ProbeDepth depth);

}  // namespace amphi
