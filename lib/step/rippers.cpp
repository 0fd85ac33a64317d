// Nothing but the table: a test program that lists more takes the place of this object of the library.
#include "step/rippers.hpp"

namespace amphi {

const std::vector<const Ripper*>& rippers() {
  static const std::vector<const Ripper*> kRippers{&kLibdvdread, &kLibbluray, &kMakemkv, &kCdParanoia};
  return kRippers;
}

}  // namespace amphi
