// A title's sectors to Matroska, without loss.
#pragma once

#include "model/worker_job.hpp"
#include "reader/events.hpp"

namespace amphi {

// Throws WorkerFault: "source", "medium" (sectors that do not fit the IFO), "space", "other".
DvdRemuxResult run_dvd_remux(const DvdRemuxJob& job, Events& events);

}  // namespace amphi
