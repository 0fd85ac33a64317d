#include "base/root.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/beneath.hpp"
#include "base/descriptor.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

std::string shown(const Root& root, std::string_view name) {
  return escape_controls(name.empty() ? root.path() : fmt::format("{}/{}", root.path(), name));
}

[[noreturn]] void fail_at(const Root& root, std::string_view name, std::string_view verb, int error_number) {
  fail_system(error_number, fmt::format("cannot {} {}", verb, shown(root, name)));
}

// The folder that holds `name`, or an empty handle where it is not there.
Handle find_parent(const Root& root, int handle, std::string_view name, std::string_view verb) {
  check_relative(name);
  const std::string folder = folder_of(name);
  Handle opened = open_beneath(handle, folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY, 0);
  if (!opened && errno != ENOENT && errno != ENOTDIR) fail_at(root, name, verb, errno);
  return opened;
}

bool is_unchanged(const struct stat& before, const struct stat& now) {
  return before.st_dev == now.st_dev && before.st_ino == now.st_ino && before.st_size == now.st_size &&
         before.st_mtim.tv_sec == now.st_mtim.tv_sec && before.st_mtim.tv_nsec == now.st_mtim.tv_nsec;
}

void need_regular(const Root& root, int descriptor, std::string_view name) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail_at(root, name, "look at", errno);
  if (!S_ISREG(status.st_mode))
    throw Error(ErrorKind::kUnavailable, fmt::format("{} is no regular file", shown(root, name)), "move it away");
}

// A file that was there before O_NONBLOCK mattered is a pipe or a device: those are refused, so the flag goes again.
void clear_nonblocking(int descriptor, int wanted) {
  if (!(wanted & O_NONBLOCK)) ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
}

}  // namespace

Root Root::open(const std::string& path) {
  Handle handle(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle)
    fail_system(errno, fmt::format("cannot open the folder {}", escape_controls(path)),
                errno == ENOENT ? "is it mounted? amphi makes no configured folder itself" : "");
  return {path, std::move(handle)};
}

std::optional<struct stat> Root::look(std::string_view name) const {
  struct stat status {};
  if (name.empty()) {
    if (::fstat(handle_.get(), &status) != 0) fail_at(*this, name, "look at", errno);
    return status;
  }
  const Handle folder = find_parent(*this, handle_.get(), name, "look at");
  if (!folder) return std::nullopt;
  if (::fstatat(folder.get(), base_of(name).c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return status;
  if (errno == ENOENT) return std::nullopt;
  fail_at(*this, name, "look at", errno);
}

Handle Root::open_file(std::string_view name, int flags, unsigned mode) const {
  check_relative(name);
  // O_NONBLOCK: a pipe put there by somebody else must not hold us up.
  Handle file = open_beneath(handle_.get(), std::string(name), flags | O_NONBLOCK, mode);
  if (!file) fail_at(*this, name, "open", errno);
  need_regular(*this, file.get(), name);
  clear_nonblocking(file.get(), flags);
  return file;
}

Handle Root::create_new(std::string_view name, unsigned mode) const {
  check_relative(name);
  Handle file = open_beneath(handle_.get(), std::string(name), O_RDWR | O_CREAT | O_EXCL, mode);
  if (!file) fail_at(*this, name, "create", errno);
  return file;
}

Handle Root::open_folder(std::string_view name) const {
  if (!name.empty()) check_relative(name);
  Handle folder = open_beneath(handle_.get(), name.empty() ? "." : std::string(name), O_RDONLY | O_DIRECTORY, 0);
  if (!folder) fail_at(*this, name, "open the folder", errno);
  return folder;
}

void Root::make_folders(std::string_view name) const {
  if (name.empty()) return;
  check_relative(name);
  Handle parent = open_folder("");
  std::string made;
  for (const auto& part : split(name, '/')) {
    made += made.empty() ? part : "/" + part;
    if (::mkdirat(parent.get(), part.c_str(), 0777) != 0 && errno != EEXIST)
      fail_at(*this, made, "make the folder", errno);
    Handle folder = open_beneath(parent.get(), part, O_RDONLY | O_DIRECTORY, 0);
    if (!folder) fail_at(*this, made, "open the folder", errno);
    // Also where it was there already: a run that was killed may have made it and not come to the fsync.
    sync_folder_descriptor(folder.get(), shown(*this, made));
    sync_folder_descriptor(parent.get(), shown(*this, folder_of(made)));
    parent = std::move(folder);
  }
}

bool Root::remove_file(std::string_view name) const {
  return remove(name, nullptr);
}

bool Root::remove_file_seen(std::string_view name, const struct stat& seen) const {
  return remove(name, &seen);
}

bool Root::remove(std::string_view name, const struct stat* seen) const {
  const Handle folder = find_parent(*this, handle_.get(), name, "remove");
  if (!folder) return false;
  const std::string base = base_of(name);
  struct stat status {};
  const bool there = ::fstatat(folder.get(), base.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
  if (!there && errno != ENOENT) fail_at(*this, name, "remove", errno);
  if (there && !S_ISREG(status.st_mode))
    throw Error(ErrorKind::kUnavailable, fmt::format("{} is no regular file: not removed", shown(*this, name)),
                "somebody put it there; move it away");
  if (there && seen != nullptr && !is_unchanged(*seen, status))
    throw Error(ErrorKind::kUnavailable, fmt::format("{} was changed just now: not removed", shown(*this, name)),
                "it stays; amphi track verify tells what it is now");
  const bool removed = there && ::unlinkat(folder.get(), base.c_str(), 0) == 0;
  if (there && !removed && errno != ENOENT) fail_at(*this, name, "remove", errno);
  // Also where it was gone: a run that was killed may have removed it and not come to the fsync.
  sync_folder_descriptor(folder.get(), shown(*this, folder_of(name)));
  return removed;
}

bool Root::remove_empty_folder(std::string_view name) const {
  const Handle folder = find_parent(*this, handle_.get(), name, "remove the folder");
  if (!folder) return false;
  if (::unlinkat(folder.get(), base_of(name).c_str(), AT_REMOVEDIR) != 0) {
    if (errno == ENOENT || errno == ENOTEMPTY || errno == EEXIST) return false;
    fail_at(*this, name, "remove the folder", errno);
  }
  sync_folder_descriptor(folder.get(), shown(*this, folder_of(name)));
  return true;
}

void Root::sync_folder(std::string_view name) const {
  sync_folder_descriptor(open_folder(name).get(), shown(*this, name));
}

std::string Root::read_file(std::string_view name) const {
  return read_all(open_file(name, O_RDONLY).get(), shown(*this, name));
}

std::vector<std::string> Root::list(std::string_view folder) const {
  Handle handle = open_folder(folder);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(handle.get()),
                                                   [](DIR* open) { return ::closedir(open); });
  if (!stream) fail_at(*this, folder, "list", errno);
  handle.release();  // the stream closes it
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
    errno = 0;
  }
  if (errno != 0) fail_at(*this, folder, "list", errno);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace amphi
