// Every regular file of a disc, the same whether it comes from a device, an image (UDF, by libudfread) or a folder that
// holds the disc's own folders (VIDEO_TS, BDMV, AACS ...). Nothing is written, no symbolic link is followed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/source.hpp"

namespace amphi {

struct DiscFile {
  std::string path;  // "BDMV/PLAYLIST/00800.mpls": beneath the disc's root, in the case that the file system reports
  std::int64_t size_bytes = 0;
  std::int64_t end_in_image = 0;  // bytes from the image's beginning to behind the file's last; 0 in a folder
};

// Compared without case, as players do: discs and copies of them differ in it.
bool is_in_folder(const DiscFile& file, std::string_view folder);      // right in it: "BDMV/PLAYLIST"
bool has_extension(const DiscFile& file, std::string_view extension);  // ".mpls"
std::string bare_name(const DiscFile& file);

class DiscFiles {
 public:
  // Throws kUnavailable: not readable, or no file system that could hold a disc. A device must be ready.
  static DiscFiles open(const Source& source);
  DiscFiles(DiscFiles&&) noexcept;
  ~DiscFiles();

  // Sorted by path, byte by byte.
  const std::vector<DiscFile>& all() const { return files_; }
  // False: there are more than a disc holds, or what is no regular file; `all` is not the whole disc.
  bool is_whole() const { return whole_; }
  const DiscFile* find(std::string_view path) const;  // without case; nullptr where there is none
  // Those of a folder with an extension, in the order of `all`.
  std::vector<DiscFile> in(std::string_view folder, std::string_view extension) const;
  bool has_folder(std::string_view folder) const;  // with something in it

  // The whole file, or its beginning. Throws kUnavailable naming it: not readable to its end, or larger than `limit`.
  std::string read(const DiscFile& file, std::int64_t limit = 64 << 20) const;
  // Shorter where the file is, or where it cannot be read.
  std::string read_beginning(const DiscFile& file, std::int64_t bytes) const { return read_at(file, 0, bytes); }
  std::string read_at(const DiscFile& file, std::int64_t offset, std::int64_t bytes) const;

  std::string volume_label() const;  // "" in a folder
  std::int64_t image_end() const;    // bytes that an image needs to hold them all; 0 in a folder

  // Where they come from.
  class FileSystem;

 private:
  explicit DiscFiles(std::unique_ptr<FileSystem> file_system);
  std::unique_ptr<FileSystem> file_system_;
  std::vector<DiscFile> files_;
  bool whole_ = true;
};

}  // namespace amphi
