#include "disc/disc_files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "disc/disc_file_system.hpp"

namespace amphi {

bool is_in_folder(const DiscFile& file, std::string_view folder) {
  const auto slash = file.path.rfind('/');
  if (slash == std::string::npos) return folder.empty();
  return to_lower_ascii(file.path.substr(0, slash)) == to_lower_ascii(std::string(folder));
}

bool has_extension(const DiscFile& file, std::string_view extension) {
  return to_lower_ascii(file.path).ends_with(extension);
}

std::string bare_name(const DiscFile& file) {
  return file.path.substr(file.path.rfind('/') + 1);
}

DiscFiles::DiscFiles(std::unique_ptr<FileSystem> file_system) : file_system_(std::move(file_system)) {
  whole_ = file_system_->list([&](DiscFile file) { files_.push_back(std::move(file)); });
  std::sort(files_.begin(), files_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
}

DiscFiles::DiscFiles(DiscFiles&&) noexcept = default;
DiscFiles::~DiscFiles() = default;

DiscFiles DiscFiles::open(const Source& source) {
  return DiscFiles(source.kind == SourceKind::kFolder ? open_folder(source.path) : open_udf(source.path));
}

const DiscFile* DiscFiles::find(std::string_view path) const {
  const auto wanted = to_lower_ascii(std::string(path));
  const auto at = std::find_if(files_.begin(), files_.end(),
                               [&](const DiscFile& file) { return to_lower_ascii(file.path) == wanted; });
  return at == files_.end() ? nullptr : &*at;
}

std::vector<DiscFile> DiscFiles::in(std::string_view folder, std::string_view extension) const {
  std::vector<DiscFile> found;
  for (const auto& file : files_) {
    if (has_extension(file, extension) && is_in_folder(file, folder)) found.push_back(file);
  }
  return found;
}

bool DiscFiles::has_folder(std::string_view folder) const {
  const auto beginning = to_lower_ascii(std::string(folder)) + "/";
  return std::any_of(files_.begin(), files_.end(),
                     [&](const DiscFile& file) { return to_lower_ascii(file.path).starts_with(beginning); });
}

std::string DiscFiles::read(const DiscFile& file, std::int64_t limit) const {
  constexpr const char* kHint = "the disc or image is damaged; try another copy";
  if (file.size_bytes > limit)
    throw Error(ErrorKind::kUnavailable, fmt::format("{} claims {} bytes", file.path, file.size_bytes), kHint);
  auto bytes = file_system_->read(file, 0, file.size_bytes);
  if (static_cast<std::int64_t>(bytes.size()) != file.size_bytes)
    throw Error(ErrorKind::kUnavailable, file.path + " cannot be read to its end", kHint);
  return bytes;
}

std::string DiscFiles::read_at(const DiscFile& file, std::int64_t offset, std::int64_t bytes) const {
  return file_system_->read(file, offset, std::clamp<std::int64_t>(file.size_bytes - offset, 0, bytes));
}

std::int64_t DiscFiles::image_end() const {
  std::int64_t end = 0;
  for (const auto& file : files_) end = std::max(end, file.end_in_image);
  return end;
}

std::string DiscFiles::volume_label() const {
  return std::string(trim(to_valid_utf8(file_system_->label())));
}

}  // namespace amphi
