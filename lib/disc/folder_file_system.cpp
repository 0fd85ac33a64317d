#include "disc/disc_file_system.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "amphi/error.hpp"
#include "base/handle.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

struct DirCloser {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using OpenDir = std::unique_ptr<DIR, DirCloser>;

class FolderListing {
 public:
  explicit FolderListing(const std::function<void(DiscFile)>& take) : take_(take) {}

  void walk(Handle folder, const std::string& prefix, int depth) {
    const OpenDir open(::fdopendir(folder.get()));
    if (!open) return miss();
    folder.release();  // the stream's own now
    while (const auto* entry = ::readdir(open.get())) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") look_at(::dirfd(open.get()), name, prefix, depth);
    }
  }
  bool whole() const { return whole_; }

 private:
  void look_at(int folder, const std::string& name, const std::string& prefix, int depth) {
    struct stat found {};
    if (::fstatat(folder, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) return miss();
    if (S_ISREG(found.st_mode)) {
      if (++count_ > kMostFiles) return miss();
      take_({prefix + name, found.st_size, 0});
    } else if (S_ISDIR(found.st_mode) && depth < kDeepestFolder && count_ <= kMostFiles) {
      Handle inside(::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (!inside) return miss();
      walk(std::move(inside), prefix + name + "/", depth + 1);
    } else {
      miss();
    }
  }
  void miss() { whole_ = false; }

  const std::function<void(DiscFile)>& take_;
  std::size_t count_ = 0;
  bool whole_ = true;
};

class FolderFileSystem : public DiscFiles::FileSystem {
 public:
  explicit FolderFileSystem(const std::string& path) : root_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (!root_)
      throw Error(ErrorKind::kUnavailable, path + " cannot be listed: " + std::strerror(errno),
                  "check its permissions");
    const auto name = to_upper_ascii(path.substr(path.rfind('/') + 1));
    if (name == "BDMV" || name == "VIDEO_TS") prefix_ = name + "/";
  }

  bool list(const std::function<void(DiscFile)>& take) const override {
    FolderListing listing(take);
    listing.walk(Handle(::openat(root_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)), prefix_, 0);
    return listing.whole() && prefix_.empty();
  }

  std::string read(const DiscFile& file, std::int64_t offset, std::int64_t bytes) const override {
    const auto path = file.path.substr(prefix_.size());
    const Handle open(::openat(root_.get(), path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    std::string content(static_cast<std::size_t>(bytes), '\0');
    std::size_t done = 0;
    while (open && done < content.size()) {
      const auto count =
          ::pread(open.get(), content.data() + done, content.size() - done, offset + static_cast<off_t>(done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      done += static_cast<std::size_t>(count);
    }
    content.resize(done);
    return content;
  }

  std::string label() const override { return ""; }

 private:
  Handle root_;
  std::string prefix_;  // of every name, where the folder is not the disc's root
};

}  // namespace

std::unique_ptr<DiscFiles::FileSystem> open_folder(const std::string& path) {
  return std::make_unique<FolderFileSystem>(path);
}

}  // namespace amphi
