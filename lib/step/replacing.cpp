#include "step/replacing.hpp"

#include "base/publish.hpp"
#include "step/receipts.hpp"
#include "step/recorded.hpp"

namespace amphi {
namespace {

bool is_the_old_file(const Root& root, const StepOutput& output, const std::string& name,
                     const std::optional<struct stat>& there) {
  if (!output.replaces) return false;
  const Artifact old{TrackId{}, *output.replaces, false, false};
  return verdict_beneath(root, name, there, old) == Verdict::kDone;
}

// After the exchange: the old file has the temporary name. What took its place meanwhile gets the final name back.
bool remove_old_file(const Root& root, const StepOutput& output) {
  const auto old = root.look(output.temporary);
  if (!old) return true;
  const bool ours = is_the_old_file(root, output, output.temporary, old);
  if (ours) root.remove_file_seen(output.temporary, *old);
  if (!ours) publish_exchange(root, output.temporary, output.relative);
  return ours;
}

}  // namespace

bool is_to_be_replaced(const Root& root, const StepOutput& output) {
  return is_the_old_file(root, output, output.relative, root.look(output.relative));
}

bool publish_replacing(const Root& root, const StepOutput& output) {
  if (!is_to_be_replaced(root, output)) return false;
  publish_exchange(root, output.temporary, output.relative);
  return remove_old_file(root, output);
}

bool finish_replacing(const Root& root, const StepOutput& output, const Receipt& receipt) {
  if (matches(receipt, root.look(output.temporary))) return true;  // its other name, which a death before unlink left
  if (!root.look(output.temporary) && root.look(side_name_of(output.temporary)))
    publish_exchange(root, output.temporary, output.relative);
  return remove_old_file(root, output);
}

}  // namespace amphi
