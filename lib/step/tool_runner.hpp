// Runs one tool within a step: in the step's process group, the locks passed on, its lines to the log, its progress to
// the report. The tool's own verdict is demanded; whether the file is any good is judged elsewhere.
#pragma once

#include <vector>

#include "step/step_work.hpp"
#include "tools/tool.hpp"

namespace amphi {

// The part of the step's progress that this tool's run is.
struct Share {
  double from = 0, to = 1;
};
enum class LogOut { kNo, kYes };  // whether stdout is worth keeping; stderr always is

// Throws StepError with the tool's cause; kUnavailable "tool" when it is not installed.
void run_tool(StepWork& work, ToolRun& tool, Share share = {}, LogOut log_out = LogOut::kNo,
              std::vector<int> pass = {});

[[noreturn]] void fail_interrupted();
bool interrupted(const StepWork& work);  // a signal came since the step began

}  // namespace amphi
