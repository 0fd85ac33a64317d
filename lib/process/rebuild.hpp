// See rebuild_catalog; the caller holds the lock on all work.
#pragma once

#include "amphi/care.hpp"

namespace amphi {

RebuildSummary rebuild(Catalog& catalog, const Config& config, const std::function<void(const std::string&)>& tell);

}  // namespace amphi
