// The table of contents of a CD in a drive, or of an image that cdrdao made (.toc), by libcdio.
#pragma once

#include "model/cd_toc.hpp"
#include "model/worker_job.hpp"

namespace amphi {

// Throws WorkerFault "source": no CD, an image that cannot be understood, or one that names files outside its folder.
CdToc run_cd_toc(const CdTocJob& job);

}  // namespace amphi
