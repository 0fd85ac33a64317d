// Which discs must be planned together because tracks of theirs would be inserted under the same name.
#pragma once

#include <vector>

#include "amphi/catalog.hpp"
#include "amphi/config.hpp"

namespace amphi {

// The discs in groups, in the order given; most groups hold one. Of each name only a hash is kept: a coincidence makes
// a group larger than it need be, and 100,000 discs take a few megabytes.
std::vector<std::vector<DiscId>> group_by_library_files(Catalog& catalog, const Config& config,
                                                        const std::vector<DiscId>& discs);

}  // namespace amphi
