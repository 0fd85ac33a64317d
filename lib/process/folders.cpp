#include "process/folders.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/verify.hpp"
#include "base/clock.hpp"
#include "base/space.hpp"
#include "base/text.hpp"
#include "step/marked_root.hpp"

namespace amphi {
namespace {

void make_default_folder(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code unknown;  // what cannot be looked at counts as not there: its parent says why
  fs::path there = fs::path(path).lexically_normal();
  while (!fs::exists(there, unknown) && there.has_parent_path() && there != there.parent_path())
    there = there.parent_path();
  const auto below = relative_to(there.string(), path);
  if (below && !below->empty()) Root::open(there.string()).make_folders(*below);
}

}  // namespace

std::vector<std::string> configured_roots(const Config& config) {
  std::vector<std::string> roots{config.ripped.path, config.transcoded.path};
  if (config.library)
    for (const auto& folder : {config.library->movies, config.library->shows, config.library->music})
      if (folder) roots.push_back(folder->path);
  return roots;
}

Folders::Folders(Catalog& catalog, const Config& config) : catalog_(catalog), config_(config) {}

bool Folders::may_create(const std::string& path) const {
  return (path == config_.ripped.path && !config_.ripped.configured) ||
         (path == config_.transcoded.path && !config_.transcoded.configured);
}

const FolderAnswer& Folders::look(const std::string& path) {
  const auto found = seen_.find(path);
  if (found != seen_.end()) return found->second;
  return seen_[path] = examine(path);
}

// A folder of another program's, whose catalog was imported, has no marker yet. One of the files shows that it is
// there; without any of them, nobody knows.
bool Folders::shows_imported_files(const std::string& path) {
  if (catalog_.known_folder(path)) return false;
  const auto paths = catalog_.only_imported_beneath(path);
  return std::any_of(paths.begin(), paths.end(), [](const std::string& file) {
    return observe(file, system_now()).presence == Observation::Presence::kThere;
  });
}

FolderAnswer Folders::examine(const std::string& path) {
  const bool recorded = catalog_.count_artifacts_beneath(path) > 0;
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    const auto why = fmt::format("{} cannot be looked at: {}", path, std::strerror(errno));
    if (errno != ENOENT && errno != ENOTDIR) return {false, why, ""};
    if (recorded)
      return {false, fmt::format("{} is not there, though files are recorded in it: not mounted", path), ""};
    if (may_create(path)) return {};
    return {true, fmt::format("{} does not exist: make it, or mount what belongs there", path), ""};
  }
  if (!S_ISDIR(info.st_mode)) return {!recorded, fmt::format("{} is not a folder", path), ""};
  try {
    const auto marker = find_marker(Root::open(path));
    const auto known = catalog_.known_folder(path);
    if (!marker && recorded && !shows_imported_files(path))
      return {false, fmt::format("{} has no marker {}, though files are recorded in it: not mounted", path, kMarker),
              ""};
    if (marker && known && known->marker != *marker && recorded)
      return {false, fmt::format("another folder is mounted at {}: its marker differs", path), ""};
    FolderAnswer answer{true, "", marker.value_or(""), free_bytes(path), info.st_dev};
    if (::access(path.c_str(), W_OK | X_OK) != 0)
      answer.trouble = fmt::format("{} cannot be written: {}", path, std::strerror(errno));
    return answer;
  } catch (const Error& error) {
    return {false, error.message(), ""};
  }
}

MarkedRoot Folders::open(const std::string& path) {
  auto answer = look(path);
  if (!answer.trouble.empty()) throw Error(ErrorKind::kUnavailable, answer.trouble, kMountHint);
  if (may_create(path)) make_default_folder(path);
  auto root = answer.marker.empty() ? Root::open(path) : open_marked(path, answer.marker);
  if (answer.marker.empty()) answer.marker = mark(root);
  remember(path, answer.marker);
  seen_[path] = answer;
  return {std::move(root), answer.marker};
}

void Folders::know(const std::string& path) {
  const auto& marker = look(path).marker;
  if (marker.empty())
    open(path);
  else
    remember(path, marker);
}

void Folders::remember(const std::string& path, const std::string& marker) {
  const auto known = catalog_.known_folder(path);
  if (!known || known->marker != marker) catalog_.remember_folder({path, marker});
}

MarkedRoot Folders::open_known(const std::string& path) {
  const auto& answer = look(path);
  if (!answer.readable) throw Error(ErrorKind::kUnavailable, answer.trouble, kMountHint);
  if (answer.marker.empty())
    throw Error(ErrorKind::kUnavailable, fmt::format("{} has no marker {}: it is not mounted", path, kMarker),
                kMountHint);
  return {open_marked(path, answer.marker), answer.marker};
}

std::string Folders::root_of(const std::string& path) {
  std::string best;
  for (const auto& root : configured_roots(config_))
    if (root.size() > best.size() && relative_to(root, path)) best = root;
  return best;
}

}  // namespace amphi
