#include "disc/disc_file_system.hpp"

#include <memory>

#include "amphi/error.hpp"
#include "base/quiet.hpp"
#include "disc/udf_library.hpp"

namespace amphi {
namespace {

struct UdfCloser {
  void operator()(udfread* disc) const { udf_library().close(disc); }
  void operator()(UDFDIR* folder) const { udf_library().close_folder(folder); }
  void operator()(UDFFILE* file) const { udf_library().close_file(file); }
};
using OpenUdf = std::unique_ptr<udfread, UdfCloser>;
using OpenFolder = std::unique_ptr<UDFDIR, UdfCloser>;
using OpenFile = std::unique_ptr<UDFFILE, UdfCloser>;

class UdfListing {
 public:
  explicit UdfListing(const std::function<void(DiscFile)>& take) : take_(take) {}

  // Folders of a damaged or hostile disc may lead back to themselves: depth and number end that.
  void walk(UDFDIR* folder, const std::string& prefix, int depth) {
    udfread_dirent entry{};
    while (count_ <= kMostFiles && udf_library().read_folder(folder, &entry) != nullptr) {
      const std::string name = entry.d_name;
      if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) continue;
      if (entry.d_type == UDF_DT_DIR) {
        go_into(folder, name, prefix, depth);
      } else {
        take_file(folder, name, prefix);
      }
    }
    if (count_ > kMostFiles) whole_ = false;
  }
  bool whole() const { return whole_; }

 private:
  void go_into(UDFDIR* folder, const std::string& name, const std::string& prefix, int depth) {
    const OpenFolder inside(depth < kDeepestFolder ? udf_library().open_folder_at(folder, name.c_str()) : nullptr);
    ++count_;  // so that empty folders in circles end too
    if (!inside) {
      whole_ = false;
      return;
    }
    walk(inside.get(), prefix + name + "/", depth + 1);
  }

  void take_file(UDFDIR* folder, const std::string& name, const std::string& prefix) {
    const OpenFile file(udf_library().open_file_at(folder, name.c_str()));
    const auto size = file ? udf_library().size(file.get()) : -1;
    ++count_;
    if (size < 0) {
      whole_ = false;
      return;
    }
    take_({prefix + name, size, end_of(file.get(), size)});
  }

  // Small files lie in their directory entry, and have no block of their own: 0.
  static std::int64_t end_of(UDFFILE* file, std::int64_t size) {
    if (size == 0) return 0;
    const auto last = static_cast<std::uint32_t>((size - 1) / UDF_BLOCK_SIZE);
    const std::int64_t block = udf_library().block(file, last);
    return block == 0 ? 0 : block * UDF_BLOCK_SIZE + (size - 1) % UDF_BLOCK_SIZE + 1;
  }

  const std::function<void(DiscFile)>& take_;
  std::size_t count_ = 0;
  bool whole_ = true;
};

class UdfFileSystem : public DiscFiles::FileSystem {
 public:
  explicit UdfFileSystem(const std::string& path) {
    const QuietStderr quiet;
    disc_.reset(udf_library().init());
    if (!disc_ || udf_library().open(disc_.get(), path.c_str()) < 0)
      throw Error(ErrorKind::kUnavailable, path + " holds no UDF file system that can be read",
                  "check that the disc is in the drive and clean, or that the image is whole");
  }

  bool list(const std::function<void(DiscFile)>& take) const override {
    const QuietStderr quiet;
    const OpenFolder root(udf_library().open_folder(disc_.get(), "/"));
    if (!root) return false;
    UdfListing listing(take);
    listing.walk(root.get(), "", 0);
    return listing.whole();
  }

  std::string read(const DiscFile& file, std::int64_t offset, std::int64_t bytes) const override {
    const QuietStderr quiet;
    const OpenFile open(udf_library().open_file(disc_.get(), ("/" + file.path).c_str()));
    std::string content(static_cast<std::size_t>(bytes), '\0');
    std::size_t done = 0;
    const bool there = open && (offset == 0 || udf_library().seek(open.get(), offset, UDF_SEEK_SET) == offset);
    while (there && done < content.size()) {
      const auto count = udf_library().read(open.get(), content.data() + done, content.size() - done);
      if (count <= 0) break;
      done += static_cast<std::size_t>(count);
    }
    content.resize(done);
    return content;
  }

  std::string label() const override {
    const char* label = udf_library().volume_id(disc_.get());
    return label != nullptr ? label : "";
  }

 private:
  OpenUdf disc_;
};

}  // namespace

std::unique_ptr<DiscFiles::FileSystem> open_udf(const std::string& path) {
  return std::make_unique<UdfFileSystem>(path);
}

}  // namespace amphi
