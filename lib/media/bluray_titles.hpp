// The playlists of a Blu-ray or UHD as tracks: what each plays, with the streams and chapters that it declares.
#pragma once

#include "media/events.hpp"
#include "model/media_job.hpp"

namespace amphi {

// Throws MediaFault "source".
BlurayTitlesResult run_bluray_titles(const BlurayTitlesJob& job);

}  // namespace amphi
