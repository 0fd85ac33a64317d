// Alone in its file: a test program that defines checkpoint() itself takes the place of this object of the library.
#include "step/checkpoint.hpp"

namespace amphi {

void checkpoint(std::string_view, std::string_view, Side) {}

}  // namespace amphi
