// What `process --json` says, one line an event.
#pragma once

#include "amphi/process.hpp"
#include "view.hpp"

namespace amphi::cmd {

const View<ProcessEvent>& event_view();
const Document& process_document();

// "plan step_started progress step_finished step_failed summary"; "" for what is told on stderr only.
std::string_view event_name(ProcessEvent::Type type);

}  // namespace amphi::cmd
