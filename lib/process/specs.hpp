// From a planned step to the document that `amphi step run` takes.
#pragma once

#include "amphi/plan.hpp"
#include "amphi/step.hpp"
#include "process/planning.hpp"

namespace amphi {

// `marker`: of the output's root. Throws kUnexpected where the plan names a track that was not planned.
StepSpec make_spec(Survey& survey, const Planned& planned, const PlannedStep& step, const std::string& marker);
const std::string& output_root_of(const Planned& planned, const PlannedStep& step);

}  // namespace amphi
