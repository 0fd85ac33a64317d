#include "catalog/new_file.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/publish.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_taken(const std::string& target) {
  throw Error(ErrorKind::kUsage, fmt::format("{} is there already; nothing is written over it", target),
              "give another name, or move it away");
}

}  // namespace

std::string part_name(const std::string& file) {
  return fmt::format(".{}.amphi-part", fs::path(file).filename().string());
}

Root folder_with(const std::string& file) {
  const auto folder = fs::path(file).parent_path().string();
  return Root::open(folder.empty() ? "." : folder);
}

bool publish_part(const Root& folder, const std::string& part, const std::string& final_path) {
  return publish(folder, part, fs::path(final_path).filename().string()) == PublishResult::kPublished;
}

void write_new_file(const std::string& target,
                    const std::function<void(const Root& folder, const std::string& part)>& write) {
  const auto name = fs::path(target).filename().string();
  if (name.empty() || name == "." || name == "..") {
    throw Error(ErrorKind::kUsage, fmt::format("{} is a folder", target), "name a file in it");
  }
  const Root folder = folder_with(target);
  if (folder.look(name)) throw_taken(target);
  const auto part = part_name(target);
  write(folder, part);
  if (publish_part(folder, part, target)) return;
  folder.remove_file(part);
  throw_taken(target);
}

}  // namespace amphi
