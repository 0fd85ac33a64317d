// Whether every row can be read as the value that it stands for: known words, documents of the right form.
#pragma once

#include "catalog/store.hpp"

namespace amphi {

// Reads all of it. kCatalog at the first row that is no value; of the newest schema only.
void require_readable(Store& store);

}  // namespace amphi
