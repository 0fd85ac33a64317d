#include "process/deletion.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/library.hpp"
#include "base/clock.hpp"
#include "base/root.hpp"
#include "process/locks.hpp"
#include "process/receipts.hpp"

namespace amphi {
namespace {

struct Target {
  std::string root, relative, path;  // root "": beneath no configured folder
  bool keep = false;
};

Target target_of(Folders& folders, const Receipt& receipt) {
  Target target{receipt.root, "", receipt.path, false};
  if (target.root.empty()) target.root = folders.root_of(receipt.path);
  if (target.root.empty()) return target;
  const auto relative = relative_to(target.root, receipt.path);
  if (relative && !relative->empty())
    target.relative = *relative;
  else
    target.root.clear();
  return target;
}

void remove_empty_parents(const Root& root, const std::string& relative) {
  for (auto folder = folder_of(relative); !folder.empty(); folder = folder_of(folder))
    if (!root.remove_empty_folder(folder)) return;
}

// "" when the file is gone now; else why it is not.
std::string remove_target(Folders& folders, const Target& target, ResetAnswer& answer) {
  if (target.root.empty()) return "it lies beneath no configured folder";
  try {
    const auto marked = folders.open_known(target.root);
    const auto& root = marked.root;
    if (root.look(target.relative)) {
      root.remove_file(target.relative);
      answer.deleted.push_back(target.path);
    } else {
      answer.cleared.push_back(target.path);
    }
    remove_if_there(root, [&] {
      const auto folder = folder_of(target.relative);
      const auto name = scratch_name(base_of(target.relative));
      return folder.empty() ? name : folder + "/" + name;
    }());
    remove_empty_parents(root, target.relative);
    return "";
  } catch (const Error& error) {
    return error.message();
  }
}

void carry_out(Catalog& catalog, Folders& folders, const Intent& intent, const Target& target, ResetAnswer& answer) {
  const auto why = target.keep ? std::string() : remove_target(folders, target, answer);
  if (!why.empty()) {
    answer.left.emplace_back(target.path, why);
    catalog.drop_intent(intent.id);
    return;
  }
  if (target.keep) answer.cleared.push_back(target.path);
  catalog.clear_artifact(intent.track_id, intent.stage, intent.id, "reset");
}

}  // namespace

void delete_artifact(Catalog& catalog, Folders& folders, const Artifact& artifact, Files files, ResetAnswer& answer) {
  auto target = target_of(folders, artifact.receipt);
  target.keep = files == Files::kKeep;
  Intent intent;
  intent.step_id = fmt::format("delete-{}-{}", artifact.track_id.value, to_string(artifact.receipt.stage));
  intent.track_id = artifact.track_id;
  intent.stage = artifact.receipt.stage;
  intent.kind = "delete";
  intent.spec_json = nlohmann::json{
      {"schema", "amphi.deletion/1"},
      {"root", target.root},
      {"relative", target.relative},
      {"path", target.path},
      {"keep",
       target.keep}}.dump();
  intent.held_by = describe_holder();
  intent.created_at = system_now();
  intent.id = catalog.add_intent(intent);
  carry_out(catalog, folders, intent, target, answer);
}

ResetAnswer finish_deletion(Catalog& catalog, Folders& folders, const Intent& intent) {
  ResetAnswer answer;
  const auto json = nlohmann::json::parse(intent.spec_json);
  const Target target{json.at("root"), json.at("relative"), json.at("path"), json.at("keep")};
  carry_out(catalog, folders, intent, target, answer);
  return answer;
}

}  // namespace amphi
