// `CATALOG.d` beside the catalog: steps/STEPID.json (specifications) and logs/STEPID.log (what the tools said).
#pragma once

#include <string>

#include "amphi/catalog.hpp"
#include "amphi/step.hpp"

namespace amphi {

std::string state_folder_of(const Catalog& catalog);
std::string log_path_of(const Catalog& catalog, const std::string& step_id);
// Durable before the step starts; returns the path.
std::string write_spec(const Catalog& catalog, const StepSpec& spec);
void remove_spec(const Catalog& catalog, const std::string& step_id);
void make_state_folder(const Catalog& catalog);

}  // namespace amphi
