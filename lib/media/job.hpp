// The jobs are words that both programs speak: they live in the model.
#pragma once

#include "model/media_job.hpp"  // IWYU pragma: export
