#include "step/taking_back.hpp"

#include "amphi/error.hpp"
#include "base/publish.hpp"

namespace amphi {
namespace {

void undo(const Root& root, const StepOutput& output, Published published) {
  if (published == Published::kFresh) {
    root.remove_file(output.relative);
  } else if (root.look(output.temporary) || root.look(side_name_of(output.temporary))) {
    undo_exchange(root, output.temporary, output.relative);
  }
}

}  // namespace

bool take_back(const Root& root, const StepOutput& output, Published published, const std::function<bool()>& has_name) {
  if (!has_name()) return true;  // it did not come to that
  try {
    undo(root, output, published);
  } catch (const Error&) {
    // The disk fails, so it is no news that this is not durable either: what has the name now decides.
  }
  return !has_name();
}

}  // namespace amphi
