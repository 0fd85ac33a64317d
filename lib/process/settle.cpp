#include "process/settle.hpp"

#include <optional>
#include <type_traits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/step.hpp"
#include "base/log.hpp"
#include "process/deletion.hpp"
#include "process/locks.hpp"
#include "process/settling_protocol.hpp"
#include "process/state_folder.hpp"
#include "step/checkpoint.hpp"
#include "step/leftovers.hpp"
#include "step/marked_root.hpp"
#include "step/receipts.hpp"

namespace amphi {
namespace {

using Result = Settlement::Result;

std::string shown(const Intent& intent) {
  return fmt::format("the interrupted {} of track {}",
                     intent.kind == IntentKind::kDelete ? "deletion" : to_string(intent.stage), intent.track_id.value);
}

std::string name_of(const Intent& intent, const StepSpec& spec) {
  return fmt::format("{} of {} {}", to_string(intent.stage), spec.fingerprint.substr(0, 11), spec.reference);
}

Settlement drop(Catalog& catalog, const Root& root, const Intent& intent, const StepSpec& spec) {
  remove_unfinished(root, spec);
  remove_if_there(root, receipt_name(spec.id));
  const bool continues = find_name(root, spec.output.scratch) && find_name(root, progress_name(spec.id));
  if (!continues) remove_scratch(root, spec);
  remove_spec(catalog, spec.id);
  catalog.drop_intent(intent.id);
  if (continues) return {Result::kContinues, fmt::format("{} continues where it stopped", name_of(intent, spec))};
  return {Result::kDropped, fmt::format("{} is done again: nothing of it had been finished", name_of(intent, spec))};
}

Settlement conflict(Catalog& catalog, const Root& root, const Intent& intent, const StepSpec& spec) {
  drop(catalog, root, intent, spec);
  return {Result::kConflict, fmt::format("{}/{} is there already and is not what amphi made; it stays",
                                         spec.output.root, spec.output.relative)};
}

// Of a whole artifact. The list is the order that crash safety hangs on.
Settlement finish(Settling settling) {
  const auto& [catalog, root, intent, spec, receipt] = settling;
  for (const auto& action : settling_protocol()) {
    checkpoint(to_string(intent.stage), action.name, Side::kBefore);
    if (!action.act(settling)) return conflict(catalog, root, intent, spec);
    checkpoint(to_string(intent.stage), action.name, Side::kAfter);
  }
  return {Result::kCommitted, fmt::format("{} was finished: {}", name_of(intent, spec), receipt.path)};
}

StepSpec spec_of(const Intent& intent) {
  return nlohmann::json::parse(intent.spec_json).get<StepSpec>();
}

bool is_there(Folders& folders, const StepOutput& output) {
  const auto& folder = folders.look(output.root);
  return folder.readable && folder.marker == output.marker;
}

Settlement settle_making(Catalog& catalog, Folders& folders, const Intent& intent) {
  const auto spec = spec_of(intent);
  const auto& folder = folders.look(spec.output.root);
  if (!is_there(folders, spec.output))
    return {Result::kLeft, fmt::format("{} cannot be settled: {}", name_of(intent, spec),
                                       folder.trouble.empty() ? spec.output.root + " is not mounted" : folder.trouble)};
  const auto root = open_marked(spec.output.root, spec.output.marker);
  const auto receipt = find_receipt(root, spec.id);
  if (receipt && (matches(*receipt, find_name(root, spec.output.relative)) ||
                  matches(*receipt, find_name(root, spec.output.temporary))))
    return finish({catalog, root, intent, spec, *receipt});
  return drop(catalog, root, intent, spec);
}

Settlement settle_deleting(Catalog& catalog, Folders& folders, const Intent& intent) {
  const auto left = finish_deletion(catalog, folders, intent).left;
  if (left.empty()) return {Result::kDeleted, fmt::format("{} was finished", shown(intent))};
  return {Result::kRefused, fmt::format("{} was not deleted: {}", left.front().first, left.front().second)};
}

Settlement settle_any(Catalog& catalog, Folders& folders, const Intent& intent) {
  if (!can_be_read(intent))
    return {Result::kLeft, fmt::format("{} cannot be read (intent {})", shown(intent), intent.id.value)};
  return intent.kind == IntentKind::kDelete ? settle_deleting(catalog, folders, intent)
                                            : settle_making(catalog, folders, intent);
}

// What a folder does not allow now, it may allow later; the tracks of other intents must not suffer from it.
template <class Act>
std::invoke_result_t<Act> leave_what_fails(const Intent& intent, Act act) {
  try {
    return act();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUnavailable) throw;
    return Settlement{Result::kLeft, fmt::format("{} cannot be settled: {}", shown(intent), error.told())};
  }
}

}  // namespace

bool can_be_read(const Intent& intent) {
  try {
    intent.kind == IntentKind::kDelete ? require_deletion(intent) : static_cast<void>(spec_of(intent));
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  } catch (const Error&) {
    return false;
  }
}

std::string way_out_of(const Intent& intent) {
  return fmt::format("put that right; amphi track reset {} --from {}{} gives it up", intent.track_id.value,
                     to_string(intent.stage), intent.kind == IntentKind::kDelete ? " --keep-files" : "");
}

bool reads_or_makes(const Intent& intent, const std::string& path) {
  if (intent.kind == IntentKind::kDelete) return false;
  const auto spec = spec_of(intent);
  return (spec.source && spec.source->path == path) || spec.output.root + "/" + spec.output.relative == path;
}

bool is_being_made(const Intent& intent) {
  if (intent.kind == IntentKind::kDelete || !can_be_read(intent)) return false;
  const auto output = spec_of(intent).output;
  try {
    return is_destination_held(open_marked(output.root, output.marker), output.relative);
  } catch (const Error&) {
    return false;  // its folder is away: nothing can work in it
  }
}

Settlement settle(Catalog& catalog, Folders& folders, const Intent& intent) {
  return leave_what_fails(intent, [&] { return settle_any(catalog, folders, intent); });
}

std::optional<Settlement> try_settle(Catalog& catalog, Folders& folders, const Intent& intent) {
  return leave_what_fails(intent, [&]() -> std::optional<Settlement> {
    if (intent.kind == IntentKind::kDelete || !can_be_read(intent)) return settle_any(catalog, folders, intent);
    const auto output = spec_of(intent).output;
    if (!is_there(folders, output)) return settle_making(catalog, folders, intent);
    const auto destination = try_destination_lock(open_marked(output.root, output.marker), output.relative);
    if (!destination) return std::nullopt;
    return settle_making(catalog, folders, intent);
  });
}

OpenIntents settle_open(Catalog& catalog, Folders& folders, TrackId track) {
  OpenIntents open;
  for (auto& intent : catalog.intents()) {
    if (intent.track_id != track) continue;
    auto settled = try_settle(catalog, folders, intent);
    open.alive = !settled;
    if (open.alive) break;
    if (settled->result == Result::kLeft)
      open.left.emplace_back(std::move(intent), std::move(*settled));
    else
      open.settled.push_back(std::move(*settled));
  }
  return open;
}

OpenIntents demand_settled(Catalog& catalog, Folders& folders, TrackId track) {
  auto open = settle_open(catalog, folders, track);
  if (open.alive)
    throw Error(ErrorKind::kBusy, fmt::format("a step of track {} is running on its own", track.value),
                "try again when it has ended");
  for (const auto& settled : open.settled) log_info(settled.text);
  return open;
}

}  // namespace amphi
