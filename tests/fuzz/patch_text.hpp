// An Edit as the JSON patch that says it.
#pragma once

#include <string>

#include "amphi/edit.hpp"

namespace amphi::fuzz {

std::string patch_text(const Edit& edit);

}  // namespace amphi::fuzz
