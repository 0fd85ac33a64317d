#include "step/receipts.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"

namespace amphi {
namespace {

constexpr auto kReceipts = ".amphi/receipts";
constexpr std::int64_t kMtimeSlackNs = 2'000'000'000;

std::string beside(const std::string& relative, const std::string& name) {
  const auto folder = folder_of(relative);
  return folder.empty() ? name : folder + "/" + name;
}

}  // namespace

std::string receipt_name(const std::string& step_id) {
  return fmt::format("{}/{}.json", kReceipts, step_id);
}

std::string progress_name(const std::string& step_id) {
  return fmt::format(".amphi/progress/{}", step_id);
}

std::string private_folder_name(const StepOutput& output) {
  // The temporary name is already cut to fit and tells names apart: ".NAME.amphi-part" -> ".NAME.amphi-dir".
  auto name = base_of(output.temporary);
  const std::string tail = "-part";
  if (name.size() > tail.size() && name.ends_with(tail)) name.resize(name.size() - tail.size());
  return beside(output.relative, name + "-dir");
}

std::optional<Receipt> find_receipt(const Root& root, const std::string& step_id) {
  const auto name = receipt_name(step_id);
  if (!root.look(name)) return std::nullopt;
  try {
    const auto json = nlohmann::json::parse(root.read_file(name));
    auto receipt = json.get<Receipt>();
    if (receipt.step_id == step_id) return receipt;
  } catch (const nlohmann::json::exception&) {
    // falls through: damaged
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUsage) throw;
  }
  throw Error(ErrorKind::kCatalog, fmt::format("the receipt {}/{} is damaged", root.path(), name),
              "nothing was changed; remove that file, and the step is done again");
}

std::vector<std::string> receipts_in(const Root& root) {
  const std::string_view tail = ".json";
  std::vector<std::string> ids;
  if (!root.look(kReceipts)) return ids;
  for (auto& name : root.list(kReceipts))
    if (name.ends_with(tail)) ids.push_back(name.substr(0, name.size() - tail.size()));
  return ids;
}

void write_receipt(const Root& root, const Receipt& receipt) {
  root.make_folders(kReceipts);
  root.write_file_durably(receipt_name(receipt.step_id), nlohmann::json(receipt).dump(2) + "\n");
}

void remove_older_receipt(const Root& root, const std::optional<Receipt>& older, const std::string& step_id) {
  if (older && older->root == root.path() && older->step_id != step_id && !older->step_id.empty())
    remove_if_there(root, receipt_name(older->step_id));
}

std::int64_t mtime_ns_of(const struct stat& info) {
  return static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
}

bool matches(const Receipt& receipt, std::int64_t size_bytes, std::int64_t mtime_ns) {
  return receipt.size_bytes == size_bytes && std::llabs(receipt.mtime_ns - mtime_ns) <= kMtimeSlackNs;
}

bool matches(const Receipt& receipt, const std::optional<struct stat>& found) {
  return found && S_ISREG(found->st_mode) && matches(receipt, found->st_size, mtime_ns_of(*found));
}

std::optional<struct stat> find_name(const Root& root, const std::string& name) {
  return name.empty() ? std::nullopt : root.look(name);
}

bool remove_if_there(const Root& root, const std::string& name) {
  return find_name(root, name) && root.remove_file(name);
}

void remove_empty_parents(const Root& root, const std::string& relative) {
  try {
    for (auto folder = folder_of(relative); !folder.empty(); folder = folder_of(folder))
      if (!root.remove_empty_folder(folder)) return;
  } catch (const Error&) {
    // Of a folder in one that this user may not write, the kernel says so before it says "not empty".
  }
}

}  // namespace amphi
