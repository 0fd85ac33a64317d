// `catalog import amphigory.db`, the part that writes; lib/process/care.cpp sees to it that no amphi works meanwhile.
#pragma once

#include "amphi/care.hpp"
#include "catalog/ancestor_disc.hpp"

namespace amphi {

// In one transaction. The counts are those of what was added.
AncestorImported take_in(Catalog& catalog, const AncestorCatalog& ancestor);

}  // namespace amphi
