#include "step/leftovers.hpp"

#include <sys/stat.h>

#include <filesystem>

#include <fmt/format.h>

#include "base/publish.hpp"
#include "step/receipts.hpp"

namespace amphi {
namespace {

// A hidden folder of amphi's own is never deeper than NAME/BDMV/STREAM.
constexpr int kDeepest = 3;

void remove_beneath(const Root& root, const std::string& name, int depth) {
  const auto found = find_name(root, name);
  if (!found) return;
  if (!S_ISDIR(found->st_mode) || depth == kDeepest) {
    root.remove_file(name);
    return;
  }
  for (const auto& entry : root.list(name)) remove_beneath(root, fmt::format("{}/{}", name, entry), depth + 1);
  root.remove_empty_folder(name);
}

}  // namespace

bool remove_tree(const Root& root, const std::string& name) {
  const bool there = find_name(root, name).has_value();
  remove_beneath(root, name, 0);
  return there;
}

void remove_unfinished(const Root& root, const StepSpec& spec) {
  if (spec.action != Action::kMake) return;  // adopting makes no file, so there is none of its own to remove
  remove_if_there(root, spec.output.temporary);
  remove_if_there(root, claim_name_of(spec.output.temporary));  // a placeholder that was replaced
  remove_if_there(root, side_name_of(spec.output.temporary));   // an exchange without RENAME_EXCHANGE
  remove_tree(root, private_folder_name(spec.output));
}

void remove_scratch(const Root& root, const StepSpec& spec) {
  remove_tree(root, spec.output.scratch);
  remove_if_there(root, progress_name(spec.id));
}

std::int64_t bytes_of(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code ignored;  // what goes away meanwhile takes no room
  const fs::directory_entry self(path, ignored);
  if (self.is_symlink(ignored)) return 0;
  if (self.is_regular_file(ignored)) return static_cast<std::int64_t>(self.file_size(ignored));
  std::int64_t bytes = 0;
  for (fs::recursive_directory_iterator at(path, ignored), end; !ignored && at != end; at.increment(ignored))
    if (at->is_regular_file(ignored) && !at->is_symlink(ignored))
      bytes += static_cast<std::int64_t>(at->file_size(ignored));
  return bytes;
}

}  // namespace amphi
