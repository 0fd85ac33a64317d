// The playlists of a Blu-ray or UHD as tracks: what each plays, with the streams and chapters that it declares.
#pragma once

#include "model/worker_job.hpp"
#include "reader/events.hpp"

namespace amphi {

// Throws WorkerFault "source".
BlurayTitlesResult run_bluray_titles(const BlurayTitlesJob& job);

}  // namespace amphi
