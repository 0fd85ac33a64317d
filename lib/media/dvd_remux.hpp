// A title's sectors to Matroska, without loss.
#pragma once

#include "media/events.hpp"
#include "model/media_job.hpp"

namespace amphi {

// Throws MediaFault: "source", "medium" (sectors that do not fit the IFO), "space", "other".
DvdRemuxResult run_dvd_remux(const DvdRemuxJob& job, Events& events);

}  // namespace amphi
