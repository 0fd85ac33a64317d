// The steps of a plan.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "amphi/plan.hpp"
#include "context.hpp"
#include "view.hpp"

namespace amphi::cmd {

const View<PlannedStep>& step_view();
const ViewInfo& step_info();
const Document& plan_document();

// All plans that `each` hands to its function, as one table with the notes beneath it, or as one document.
void print_plans(Context& context, const std::vector<std::string>& columns,
                 const std::function<void(const std::function<void(const Plan&)>&)>& each);

}  // namespace amphi::cmd
