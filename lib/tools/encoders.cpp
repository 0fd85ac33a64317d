// Nothing but the table: a test program that lists more takes the place of this object of the library.
#include "tools/encoders.hpp"

namespace amphi {

const std::vector<const Encoder*>& encoders() {
  static const std::vector<const Encoder*> kEncoders{&kHandbrake, &kFfmpeg, &kFlac};
  return kEncoders;
}

}  // namespace amphi
