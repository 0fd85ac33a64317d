#include "process/deletion.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/library.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/root.hpp"
#include "process/locks.hpp"
#include "step/receipts.hpp"
#include "step/recorded.hpp"

namespace amphi {
namespace {

constexpr auto kSchema = "amphi.deletion/2";

struct Deletion {
  Artifact artifact;
  std::string root, relative;  // "": beneath no configured folder
  Files files = Files::kDelete;
  Record record = Record::kForget;

  const Receipt& receipt() const { return artifact.receipt; }
};

Deletion deletion_of(Folders& folders, const Artifact& artifact) {
  Deletion deletion;
  deletion.artifact = artifact;
  const auto& receipt = artifact.receipt;
  const auto root = receipt.root.empty() ? folders.root_of(receipt.path) : receipt.root;
  const auto relative = root.empty() ? std::nullopt : relative_to(root, receipt.path);
  if (relative && !relative->empty()) deletion.root = root, deletion.relative = *relative;
  return deletion;
}

std::string to_text(const Deletion& deletion) {
  return nlohmann::json{{"schema", kSchema},
                        {"receipt", deletion.receipt()},
                        {"unverified", deletion.artifact.unverified},
                        {"root", deletion.root},
                        {"relative", deletion.relative},
                        {"keep", deletion.files == Files::kKeep},
                        {"mark_removed", deletion.record == Record::kMarkRemoved}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Deletion from_text(const Intent& intent) {
  const auto json = nlohmann::json::parse(intent.spec_json);
  Deletion deletion;
  deletion.artifact.track_id = intent.track_id;
  deletion.root = json.at("root");
  deletion.relative = json.at("relative");
  deletion.files = json.at("keep") ? Files::kKeep : Files::kDelete;
  if (json.at("schema") != kSchema) {  // schema 1 did not say what the file was like
    deletion.artifact.receipt.path = json.at("path");
    deletion.artifact.unverified = true;
    return deletion;
  }
  deletion.artifact.receipt = json.at("receipt");
  deletion.artifact.unverified = json.at("unverified");
  if (json.at("mark_removed")) deletion.record = Record::kMarkRemoved;
  return deletion;
}

// "" where the file is the one that the receipt describes.
std::string why_not_ours(const Root& root, const Deletion& deletion, const std::optional<struct stat>& there) {
  switch (verdict_beneath(root, deletion.relative, there, deletion.artifact)) {
    case Verdict::kDone:
      return "";
    case Verdict::kChanged:
      return "it is not as it was recorded any more: amphi track adopt takes it as it is, --keep-files forgets it";
    case Verdict::kUnverified:
      return "it was never verified to be amphi's: amphi track adopt takes it, --keep-files forgets it";
    default:
      return "it is no regular file";
  }
}

std::string scratch_beside(const std::string& relative) {
  const auto folder = folder_of(relative);
  const auto name = scratch_name(base_of(relative));
  return folder.empty() ? name : folder + "/" + name;
}

void remove_what_goes_with_it(const Root& root, const Deletion& deletion) {
  if (!deletion.receipt().step_id.empty()) remove_if_there(root, receipt_name(deletion.receipt().step_id));
  if (deletion.files == Files::kKeep) return;
  remove_if_there(root, scratch_beside(deletion.relative));
  remove_empty_parents(root, deletion.relative);
}

// The file is gone: what cannot be removed beside it decides nothing about the record.
void tidy_up(const Root& root, const Deletion& deletion) {
  try {
    remove_what_goes_with_it(root, deletion);
  } catch (const Error& error) {
    log_warning(fmt::format("{} is gone, but not all that goes with it: {}", deletion.receipt().path, error.message()));
  }
}

enum class Act { kDo, kPreview };

// "" when the file is gone now (or would be); else why it is not.
std::string remove_file(Folders& folders, const Deletion& deletion, Act act, ResetAnswer& answer) {
  if (deletion.root.empty()) return "it lies beneath no configured folder";
  try {
    const auto marked = folders.open_known(deletion.root);
    const auto& root = marked.root;
    const auto there = root.look(deletion.relative);
    if (there) {
      if (auto why = why_not_ours(root, deletion, there); !why.empty()) return why;
      if (act == Act::kDo) root.remove_file_seen(deletion.relative, *there);
    }
    (there ? answer.deleted : answer.cleared).push_back(deletion.receipt().path);
    if (act == Act::kDo) tidy_up(root, deletion);
    return "";
  } catch (const Error& error) {
    return error.message();
  }
}

// A file that stays gets no receipt's word any more; where its folder is away, neither can be looked at.
void forget_receipt(Folders& folders, const Deletion& deletion) {
  if (deletion.root.empty() || !folders.look(deletion.root).readable || folders.look(deletion.root).marker.empty())
    return;
  remove_what_goes_with_it(folders.open_known(deletion.root).root, deletion);
}

void settle_record(Catalog& catalog, const Intent& intent, Record record) {
  if (record == Record::kMarkRemoved) return catalog.mark_removed(intent.track_id, intent.stage, intent.id);
  catalog.clear_artifact(intent.track_id, intent.stage, intent.id, "reset");
}

void carry_out(Catalog& catalog, Folders& folders, const Intent& intent, const Deletion& deletion,
               ResetAnswer& answer) {
  if (deletion.files == Files::kKeep) {
    forget_receipt(folders, deletion);
    answer.cleared.push_back(deletion.receipt().path);
    return settle_record(catalog, intent, deletion.record);
  }
  if (auto why = remove_file(folders, deletion, Act::kDo, answer); !why.empty()) {
    answer.left.emplace_back(deletion.receipt().path, std::move(why));
    return catalog.drop_intent(intent.id);
  }
  settle_record(catalog, intent, deletion.record);
}

}  // namespace

void delete_artifact(Catalog& catalog, Folders& folders, const Artifact& artifact, Files files, Record record,
                     ResetAnswer& answer) {
  auto deletion = deletion_of(folders, artifact);
  deletion.files = files;
  deletion.record = record;
  Intent intent;
  intent.step_id = fmt::format("delete-{}-{}", artifact.track_id.value, to_string(artifact.receipt.stage));
  intent.track_id = artifact.track_id;
  intent.stage = artifact.receipt.stage;
  intent.kind = IntentKind::kDelete;
  intent.spec_json = to_text(deletion);
  intent.held_by = describe_holder();
  intent.created_at = system_now();
  intent.id = catalog.add_intent(intent);
  carry_out(catalog, folders, intent, deletion, answer);
}

void preview_deletion(Folders& folders, const Artifact& artifact, ResetAnswer& answer) {
  const auto deletion = deletion_of(folders, artifact);
  auto why = remove_file(folders, deletion, Act::kPreview, answer);
  if (!why.empty()) answer.left.emplace_back(deletion.receipt().path, std::move(why));
}

void require_deletion(const Intent& intent) {
  from_text(intent);
}

ResetAnswer finish_deletion(Catalog& catalog, Folders& folders, const Intent& intent) {
  ResetAnswer answer;
  const auto deletion = from_text(intent);
  if (!catalog.recorded(intent.track_id, intent.stage)) {  // meanwhile its record went without it
    catalog.drop_intent(intent.id);
    return answer;
  }
  if (deletion.files == Files::kDelete && !deletion.root.empty()) folders.open_known(deletion.root);
  carry_out(catalog, folders, intent, deletion, answer);
  return answer;
}

}  // namespace amphi
