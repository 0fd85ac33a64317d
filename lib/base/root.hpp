// Everything that writes, moves or deletes goes through one of these: a handle on a configured folder, and names
// beneath it resolved with openat2(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS). A name that leaves the folder throws
// kUnavailable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

#include "base/handle.hpp"

namespace amphi {

class Root {
 public:
  // `path` itself is resolved once, symlinks in it allowed. Throws kUnavailable naming the folder and why.
  static Root open(const std::string& path);

  const std::string& path() const { return path_; }

  // Names below are relative, '/'-separated.
  std::optional<struct stat> look(std::string_view name) const;  // nullopt: not there; a symlink is looked at itself
  // O_CLOEXEC added. Throws unless it is a regular file.
  Handle open_file(std::string_view name, int flags, unsigned mode = 0666) const;
  Handle create_new(std::string_view name, unsigned mode = 0666) const;  // O_RDWR|O_CREAT|O_EXCL
  Handle open_folder(std::string_view name) const;                       // "" is the root itself
  // Makes missing folders; every one made, and its parent, is fsynced.
  void make_folders(std::string_view name) const;
  // Removes one regular file (false: was not there). Anything that is no regular file throws. The folder is fsynced.
  bool remove_file(std::string_view name) const;
  // The same for the very file that `seen` is of, unchanged since; throws where another one has taken its name.
  bool remove_file_seen(std::string_view name, const struct stat& seen) const;
  bool remove_empty_folder(std::string_view name) const;  // false: not empty or not there
  void sync_folder(std::string_view name) const;          // fsync of the folder `name`
  std::string read_file(std::string_view name) const;     // throws when missing; small files only
  // Temporary name, write, fsync, rename over, fsync folder.
  void write_file_durably(std::string_view name, std::string_view bytes) const;
  std::vector<std::string> list(std::string_view folder) const;  // names, sorted, without . and ..

 private:
  bool remove(std::string_view name, const struct stat* seen) const;
  Root(std::string path, Handle handle) : path_(std::move(path)), handle_(std::move(handle)) {}
  std::string path_;
  Handle handle_;
};

// "a/b/c" -> "a/b"; "c" -> "".
std::string folder_of(std::string_view name);
std::string base_of(std::string_view name);

// The part of `path` beneath `root`, or nullopt. Both absolute; compared by components, without touching the disk.
std::optional<std::string> relative_to(std::string_view root, std::string_view path);

}  // namespace amphi
