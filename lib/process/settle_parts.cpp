#include "process/settle_parts.hpp"

#include "amphi/error.hpp"
#include "base/publish.hpp"
#include "process/state_folder.hpp"
#include "step/leftovers.hpp"
#include "step/receipts.hpp"
#include "step/replacing.hpp"
#include "step/taking_back.hpp"

namespace amphi {
namespace {

bool give_final_name(const Settling& settling) {
  const auto& [catalog, root, intent, spec, receipt] = settling;
  const auto& output = spec.output;
  if (matches(receipt, find_name(root, output.relative))) {
    if (output.replaces && !finish_replacing(root, output, receipt)) return false;
    root.sync_folder(folder_of(output.relative));  // who died after the rename may not have come to it
    return true;
  }
  if (output.replaces && find_name(root, output.relative)) return publish_replacing(root, output);
  return publish(root, output.temporary, output.relative) == PublishResult::kPublished;
}

// Of a publication that failed. Without the receipt the next to settle finds nothing finished, and drops it.
void withdraw(const Settling& settling) {
  const auto& [catalog, root, intent, spec, receipt] = settling;
  const auto has_name = [&] { return matches(receipt, find_name(root, spec.output.relative)); };
  if (!has_name()) return;  // the sealed file may still get it
  const auto published = spec.output.replaces ? Published::kExchanged : Published::kFresh;
  if (take_back(root, spec.output, published, has_name)) remove_if_there(root, receipt_name(spec.id));
}

}  // namespace

bool publish_sealed(Settling& settling) {
  try {
    return give_final_name(settling);
  } catch (const Error&) {
    withdraw(settling);
    throw;
  }
}

bool remove_leftovers(Settling& settling) {
  remove_unfinished(settling.root, settling.spec);
  remove_scratch(settling.root, settling.spec);
  remove_spec(settling.catalog, settling.spec.id);
  return true;
}

bool commit(Settling& settling) {
  settling.catalog.commit_artifact(settling.intent.track_id, settling.receipt, settling.intent.id);
  return true;
}

// Before the commit, while the intent still says that there is work to do.
bool remove_receipt_before(Settling& settling) {
  const auto& intent = settling.intent;
  remove_older_receipt(settling.root, settling.catalog.recorded(intent.track_id, intent.stage), settling.spec.id);
  return true;
}

}  // namespace amphi
