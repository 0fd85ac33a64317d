#include "process/leftovers.hpp"

#include <fmt/format.h>

#include "base/publish.hpp"
#include "process/receipts.hpp"

namespace amphi {
namespace {

void remove_private_folder(const Root& root, const StepOutput& output) {
  const auto folder = private_folder_name(output);
  if (!find_name(root, folder)) return;
  for (const auto& name : root.list(folder)) root.remove_file(fmt::format("{}/{}", folder, name));
  root.remove_empty_folder(folder);
}

}  // namespace

void remove_unfinished(const Root& root, const StepSpec& spec) {
  if (spec.action != Action::kMake) return;  // adopting makes no file, so there is none of its own to remove
  remove_if_there(root, spec.output.temporary);
  remove_if_there(root, claim_name_of(spec.output.temporary));  // a placeholder that was replaced
  remove_if_there(root, side_name_of(spec.output.temporary));   // an exchange without RENAME_EXCHANGE
  remove_private_folder(root, spec.output);
}

void remove_scratch(const Root& root, const StepSpec& spec) {
  remove_if_there(root, spec.output.scratch);
  remove_if_there(root, progress_name(spec.id));
}

}  // namespace amphi
