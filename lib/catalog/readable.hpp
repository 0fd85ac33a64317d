// Whether every row can be read as the value that it stands for: known words, documents of the right form.
#pragma once

#include "catalog/store.hpp"

namespace amphi {

// Reads every table but identifier and folder, which are plain texts. What an intent was to do is not looked into: one
// that cannot be read ends with its track's reset, and the catalog is none the worse. kCatalog at the first row that is
// no value; of the newest schema only.
void require_readable(Store& store);

}  // namespace amphi
