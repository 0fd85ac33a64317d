// What `cleanup` deleted, would delete, or had to leave.
#pragma once

#include "amphi/process.hpp"
#include "view.hpp"

namespace amphi::cmd {

const View<CleanupItem>& cleanup_view();
const ViewInfo& cleanup_info();
const Document& cleanup_document();

}  // namespace amphi::cmd
