// Drives with what the catalog knows of their discs.
#pragma once

#include <vector>

#include "context.hpp"
#include "views/status_view.hpp"

namespace amphi::cmd {

std::vector<DriveRow> drive_rows(Context& context, Catalog& catalog);

}  // namespace amphi::cmd
