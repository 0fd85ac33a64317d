// The rows of the encoders, each defined beside the code that runs it.
#pragma once

#include "amphi/tool.hpp"

namespace amphi {

extern const Encoder kHandbrake, kFfmpeg, kFlac;

}  // namespace amphi
