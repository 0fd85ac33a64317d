// A ripper and an encoder that exist only here: each is this file's row and its line in the table.
#pragma once

#include "amphi/tool.hpp"

namespace amphi::test {

extern const Ripper kBlank;     // a black picture of the title's length
extern const Encoder kCopycat;  // its preset is "same"

}  // namespace amphi::test
