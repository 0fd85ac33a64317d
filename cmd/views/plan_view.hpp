// The steps of a plan.
#pragma once

#include "amphi/plan.hpp"
#include "context.hpp"
#include "view.hpp"

namespace amphi::cmd {

const View<PlannedStep>& step_view();
const ViewInfo& step_info();
const Document& plan_document();

// A table with the notes beneath it, or the document.
void print_plan(Context& context, const Plan& plan, const std::vector<std::string>& columns);

}  // namespace amphi::cmd
