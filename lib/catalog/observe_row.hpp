// One look at one artifact as a row. Part of the caller's transaction.
#pragma once

#include "catalog/store.hpp"

namespace amphi {

// Nothing happens where no artifact is recorded.
void write_observation(Store& store, TrackId track, Stage stage, const Observation& seen, Verdict verdict);

}  // namespace amphi
