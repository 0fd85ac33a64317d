// A catalog with three discs whose fingerprints begin alike, in a folder of its own.
#pragma once

#include <string>

#include "amphi/catalog.hpp"
#include "unit/scratch.hpp"

namespace amphi::fuzz {

class Shelf {
 public:
  Shelf();
  Catalog open() const;

 private:
  test::Scratch scratch_;
};

}  // namespace amphi::fuzz
