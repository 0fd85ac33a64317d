// The clips of a playlist, or one clip, from the disc to files that only grow and can be continued; and what is in
// them.
#pragma once

#include "model/worker_job.hpp"
#include "reader/events.hpp"

namespace amphi {

// Throws WorkerFault: "source", "medium", "key", "space", "other". What was read before it is safe and recorded.
SectorsResult run_bluray_clips(const BlurayClipsJob& job, Events& events);
BlurayStreamsResult run_bluray_streams(const BlurayStreamsJob& job);

}  // namespace amphi
