// What a disc's show is called.
#pragma once

#include <string>

#include "amphi/disc.hpp"

namespace amphi {

// What the label calls the show, as people write it: "The Big Show"; "" where it says nothing.
std::string show_on_label(const Disc& disc);

}  // namespace amphi
