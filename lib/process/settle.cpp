#include "process/settle.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/step.hpp"
#include "base/publish.hpp"
#include "process/checkpoint.hpp"
#include "process/deletion.hpp"
#include "process/receipts.hpp"

namespace amphi {
namespace {

using Result = Settlement::Result;

std::string name_of(const Intent& intent, const StepSpec& spec) {
  return fmt::format("{} of {} {}", to_string(intent.stage), spec.fingerprint.substr(0, 11), spec.reference);
}

void remove_unfinished(const Root& root, const StepSpec& spec) {
  if (spec.action != Action::kMake) return;  // adopting makes no file, so there is none of its own to remove
  remove_if_there(root, spec.output.temporary);
  if (spec.output.replace)
    remove_if_there(root, spec.output.temporary + ".old");  // an exchange without RENAME_EXCHANGE
  remove_private_folder(root, spec.output);
}

void remove_scratch(const Root& root, const StepSpec& spec) {
  remove_if_there(root, spec.output.scratch);
  remove_if_there(root, progress_name(spec.id));
}

// After a whole artifact: what is left of its making, then the commit. The receipt stays.
Settlement commit(Catalog& catalog, const Root& root, const Intent& intent, const StepSpec& spec,
                  const Receipt& receipt) {
  remove_unfinished(root, spec);  // the old file after an exchange, the other name after linkat without unlink
  remove_scratch(root, spec);
  // Before the commit, while the intent still says that there is work to do.
  remove_older_receipt(root, catalog.recorded(intent.track_id, intent.stage), spec.id);
  checkpoint(to_string(intent.stage), "commit", Side::kBefore);
  catalog.commit_artifact(intent.track_id, receipt, intent.id);
  checkpoint(to_string(intent.stage), "commit", Side::kAfter);
  return {Result::kCommitted, fmt::format("{} was finished: {}", name_of(intent, spec), receipt.path)};
}

Settlement drop(Catalog& catalog, const Root& root, const Intent& intent, const StepSpec& spec) {
  remove_unfinished(root, spec);
  remove_if_there(root, receipt_name(spec.id));
  const bool continues = find_name(root, spec.output.scratch) && find_name(root, progress_name(spec.id));
  if (!continues) remove_scratch(root, spec);
  catalog.drop_intent(intent.id);
  if (continues) return {Result::kContinues, fmt::format("{} continues where it stopped", name_of(intent, spec))};
  return {Result::kDropped, fmt::format("{} is done again: nothing of it had been finished", name_of(intent, spec))};
}

bool publish_sealed(const Root& root, const StepOutput& output) {
  if (output.replace && find_name(root, output.relative)) {
    publish_exchange(root, output.temporary, output.relative);
    return true;
  }
  return publish(root, output.temporary, output.relative) == PublishResult::kPublished;
}

Settlement settle_making(Catalog& catalog, Folders& folders, const Intent& intent) {
  const auto spec = nlohmann::json::parse(intent.spec_json).get<StepSpec>();
  const auto folder = folders.look(spec.output.root);
  if (!folder.readable || folder.marker != spec.output.marker)
    return {Result::kLeft, fmt::format("{} cannot be settled: {}", name_of(intent, spec),
                                       folder.trouble.empty() ? spec.output.root + " is not mounted" : folder.trouble)};
  const auto root = open_marked(spec.output.root, spec.output.marker);
  const auto receipt = find_receipt(root, spec.id);
  if (receipt && matches(*receipt, find_name(root, spec.output.relative)))
    return commit(catalog, root, intent, spec, *receipt);
  if (receipt && matches(*receipt, find_name(root, spec.output.temporary))) {
    if (publish_sealed(root, spec.output)) return commit(catalog, root, intent, spec, *receipt);
    auto conflict = drop(catalog, root, intent, spec);
    conflict = {Result::kConflict, fmt::format("{}/{} is there already and is not what amphi made; it stays",
                                               spec.output.root, spec.output.relative)};
    return conflict;
  }
  return drop(catalog, root, intent, spec);
}

}  // namespace

Settlement settle(Catalog& catalog, Folders& folders, const Intent& intent) {
  if (intent.kind == "delete") {
    const auto left = finish_deletion(catalog, folders, intent).left;
    if (left.empty())
      return {Result::kDeleted, fmt::format("the reset of track {} was finished", intent.track_id.value)};
    return {Result::kLeft, fmt::format("{} was not deleted: {}", left.front().first, left.front().second)};
  }
  return settle_making(catalog, folders, intent);
}

}  // namespace amphi
