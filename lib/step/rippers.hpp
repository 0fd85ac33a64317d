// The rows of the rippers, each defined beside the code that runs it.
#pragma once

#include "amphi/tool.hpp"

namespace amphi {

extern const Ripper kLibdvdread, kLibbluray, kMakemkv, kCdParanoia;

}  // namespace amphi
