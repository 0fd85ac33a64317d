#include "catalog/new_file.hpp"

#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "amphi/error.hpp"
#include "base/publish.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kOwnersOnly = 0600;

std::string name_of(const std::string& file) {
  return fs::path(file).filename().string();
}

[[noreturn]] void throw_taken(const std::string& target) {
  throw Error(ErrorKind::kUsage, fmt::format("{} is there already; nothing is written over it", target),
              "give another name, or move it away");
}

bool is_still(const struct stat& held, const Root& folder, const std::string& name) {
  const auto named = folder.look(name);
  return named && named->st_dev == held.st_dev && named->st_ino == held.st_ino;
}

// Byte 0: SQLite, which may write into the part, locks others.
Lock lock_empty(const Root& folder, const std::string& name, const std::string& file) {
  const auto shown = fmt::format("{}/{}", folder.path(), name);
  for (;;) {
    auto lock = Lock::try_range(folder.open_file(name, O_RDWR | O_CREAT, kOwnersOnly), shown, 0);
    if (!lock) {
      throw Error(ErrorKind::kBusy, fmt::format("another amphi writes {} just now", file),
                  "try again when it has ended, or give another name");
    }
    struct stat held {};
    if (::fstat(lock->descriptor(), &held) != 0 || !is_still(held, folder, name)) continue;  // published meanwhile
    if (held.st_size == 0 && held.st_nlink == 1) return std::move(*lock);
    folder.remove_file(name);  // of a killed one; never emptied: what that one published may be the same file
  }
}

}  // namespace

Root folder_with(const std::string& file) {
  const auto folder = fs::path(file).parent_path().string();
  std::error_code error;
  if (!folder.empty() && !fs::exists(folder, error) && !error) {
    throw Error(ErrorKind::kUnavailable, fmt::format("there is no folder {} for {}", folder, name_of(file)),
                "make it, or mount the file system that it is on");
  }
  return Root::open(folder.empty() ? "." : folder);
}

unsigned mode_of(const std::string& file) {
  struct stat status {};
  constexpr unsigned kPermissions = 0777;
  return ::stat(file.c_str(), &status) == 0 ? (status.st_mode & kPermissions) | kOwnersOnly : kOwnersOnly;
}

std::string part_name(const std::string& file) {
  return fmt::format(".{}.amphi-part", name_of(file));
}

Part::Part(const std::string& file, unsigned mode)
    : folder_(folder_with(file)), name_(part_name(file)), lock_(lock_empty(folder_, name_, file)) {
  // Where the file system knows no permissions it refuses, and there is nothing to set.
  [[maybe_unused]] const int result = ::fchmod(descriptor(), mode);
}

Part::~Part() {
  if (published_) return;
  try {
    folder_.remove_file(name_);
  } catch (const std::exception&) {
    // The next one takes it away.
  }
}

std::string Part::path() const {
  return fmt::format("{}/{}", folder_.path(), name_);
}

bool Part::publish_as(const std::string& final_path) {
  published_ = publish(folder_, name_, name_of(final_path)) == PublishResult::kPublished;
  return published_;
}

void Part::replace(const std::string& final_path) {
  publish_over(folder_, name_, name_of(final_path));
  published_ = true;
}

void write_new_file(const std::string& target, unsigned mode, const std::function<void(const Part& part)>& write) {
  const auto name = name_of(target);
  if (name.empty() || name == "." || name == "..") {
    throw Error(ErrorKind::kUsage, fmt::format("{} is a folder", target), "name a file in it");
  }
  if (folder_with(target).look(name)) throw_taken(target);
  Part part(target, mode);
  write(part);
  if (!part.publish_as(target)) throw_taken(target);
}

}  // namespace amphi
