#include "catalog/aside.hpp"

#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/descriptor.hpp"
#include "base/failure.hpp"
#include "catalog/backup_names.hpp"
#include "catalog/new_file.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

constexpr std::array kCompanions{"-journal", "-wal"};

std::string name_of(const std::string& path) {
  return fs::path(path).filename().string();
}

bool is_taken(const Root& folder, const std::string& name) {
  bool taken = folder.look(name).has_value();
  for (const auto* end : kCompanions) taken = taken || folder.look(name + end).has_value();
  return taken;
}

std::string free_damaged_path(const Root& folder, const std::string& path, Timestamp now) {
  for (int i = 1; i <= kMostOfOneStamp; ++i) {
    std::string candidate = damaged_path(path, now, i);
    if (!is_taken(folder, name_of(candidate))) return candidate;
  }
  throw Error(ErrorKind::kCatalog, fmt::format("no free name to set the damaged catalog {} aside", path),
              "move the older ones elsewhere");
}

// The file itself and those beside it that say something: an empty journal does not.
std::vector<std::string> ends_of(const Root& folder, const std::string& name) {
  std::vector<std::string> ends{""};
  for (const auto* end : kCompanions) {
    const auto status = folder.look(name + end);
    if (status && status->st_size > 0) ends.emplace_back(end);
  }
  return ends;
}

// Gives the original, still open.
Handle copy_bytes(const Root& folder, const std::string& from, const std::string& to) {
  Handle source = folder.open_file(from, O_RDONLY);
  const Handle target = folder.create_new(to, mode_of(fmt::format("{}/{}", folder.path(), from)));
  std::string bytes(1 << 20, '\0');
  for (;;) {
    const auto got = ::read(source.get(), bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_system(errno, fmt::format("cannot read {}/{}", folder.path(), from));
    if (got == 0) break;
    write_all(target.get(), std::string_view(bytes).substr(0, static_cast<std::size_t>(got)), to);
  }
  sync_file(target.get(), to);
  return source;
}

}  // namespace

bool changes_when_opened(const std::string& path) {
  return ends_of(folder_with(path), name_of(path)).size() > 1;
}

Aside::Aside(const std::string& path, Timestamp now)
    : folder_(folder_with(path)), name_(name_of(path)), aside_(free_damaged_path(folder_, path, now)) {}

Aside Aside::copied(const std::string& path, Timestamp now) {
  Aside aside(path, now);
  for (const auto& end : ends_of(aside.folder_, aside.name_)) {
    aside.made_.push_back(name_of(aside.aside_) + end);
    copy_bytes(aside.folder_, aside.name_ + end, aside.made_.back());
  }
  aside.folder_.sync_folder("");
  return aside;
}

Aside Aside::linked(const std::string& path, Timestamp now) {
  Aside aside(path, now);
  for (const auto& end : ends_of(aside.folder_, aside.name_)) {
    aside.made_.push_back(name_of(aside.aside_) + end);
    aside.link_or_copy(aside.name_ + end, aside.made_.back());
  }
  aside.folder_.sync_folder("");
  return aside;
}

Aside::~Aside() {
  for (const auto& name : made_) {
    try {
      folder_.remove_file(name);
    } catch (const std::exception&) {
      // It tells of a try; nothing goes by it.
    }
  }
}

void Aside::link_or_copy(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::create_hard_link(fs::path(folder_.path()) / from, fs::path(folder_.path()) / to, error);
  if (error) open_.push_back(copy_bytes(folder_, from, to));
}

std::string Aside::keep() {
  made_.clear();
  return aside_;
}

void Aside::remove_companions() const {
  for (const auto* end : kCompanions) folder_.remove_file(name_ + end);
  folder_.remove_file(name_ + "-shm");  // of the log; made anew from it
}

}  // namespace amphi
