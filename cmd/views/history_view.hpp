// What happened to discs and tracks.
#pragma once

#include "amphi/catalog.hpp"
#include "view.hpp"

namespace amphi::cmd {

const View<HistoryEntry>& history_view();
const ViewInfo& history_info();
const Document& history_document();

}  // namespace amphi::cmd
