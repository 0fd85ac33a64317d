#include "base/publish.hpp"

#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/descriptor.hpp"
#include "base/failure.hpp"
#include "base/publish_calls.hpp"

namespace amphi {
namespace {

bool is_one_of(int error_number, std::initializer_list<int> list) {
  for (int each : list)
    if (each == error_number) return true;
  return false;
}

std::optional<struct stat> find(int folder, const std::string& name) {
  struct stat status {};
  if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  return status;
}

bool is_same_file(const std::optional<struct stat>& a, const std::optional<struct stat>& b) {
  return a && b && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

// One publication: the folder, both names in it, and the calls it is made with.
class Publication {
 public:
  Publication(const PublishCalls& calls, const Root& root, std::string_view temporary, std::string_view final_name)
      : calls_(calls),
        folder_(open_common_folder(root, temporary, final_name)),
        temporary_(base_of(temporary)),
        final_(base_of(final_name)),
        shown_(fmt::format("{}/{}", root.path(), final_name)) {}

  PublishResult publish() {
    need_temporary();
    const int error = calls_.rename_noreplace(folder_.get(), temporary_, final_);
    if (error == 0) return published();
    if (error == EEXIST) return settle_existing();
    if (is_one_of(error, {EINVAL, ENOSYS, EOPNOTSUPP})) return publish_by_link();
    fail(error);
  }

  void exchange() {
    if (finish_interrupted_exchange()) return;
    need_temporary();
    const int error = calls_.rename_exchange(folder_.get(), temporary_, final_);
    if (is_one_of(error, {EINVAL, ENOSYS, EOPNOTSUPP})) return exchange_by_link();
    if (error != 0) fail(error);
    sync();
  }

  void undo_exchange() { rename_over(find(folder_.get(), temporary_) ? temporary_ : side_name()); }

  void replace() {
    need_temporary();
    rename_over(temporary_);
  }

 private:
  static Handle open_common_folder(const Root& root, std::string_view temporary, std::string_view final_name) {
    const std::string folder = folder_of(final_name);
    if (folder_of(temporary) != folder || base_of(temporary).empty() || base_of(final_name).empty())
      throw Error(ErrorKind::kUnexpected,
                  fmt::format("{} and {} are not two names in one folder", temporary, final_name),
                  "please report this");
    return root.open_folder(folder);
  }

  [[noreturn]] void fail(int error) const { fail_system(error, fmt::format("cannot publish {}", shown_)); }
  void sync() const { calls_.sync_folder(folder_.get(), shown_); }

  void need_temporary() const {
    const auto status = find(folder_.get(), temporary_);
    if (status && S_ISREG(status->st_mode)) return;
    throw Error(ErrorKind::kUnavailable,
                fmt::format("cannot publish {}: {} is {}", shown_, temporary_, status ? "no regular file" : "gone"),
                "somebody else took its place; do it again");
  }

  PublishResult published() const {
    sync();
    return PublishResult::kPublished;
  }

  // The final name is taken. By the very same file: a run before us died between link and unlink.
  PublishResult settle_existing() {
    if (is_same_file(find(folder_.get(), temporary_), find(folder_.get(), final_))) return drop_temporary();
    return is_own_placeholder() ? replace_placeholder() : PublishResult::kOccupied;
  }

  PublishResult drop_temporary() {
    sync();  // the final name first: at no instant may a power cut find neither
    if (const int error = calls_.unlink(folder_.get(), temporary_); error != 0 && error != ENOENT) fail(error);
    return published();
  }

  PublishResult publish_by_link() {
    const int error = calls_.link(folder_.get(), temporary_, final_);
    if (error == 0) return drop_temporary();
    if (error == EEXIST) return settle_existing();
    if (is_one_of(error, {EPERM, ENOSYS, EOPNOTSUPP, EMLINK, EINVAL})) return publish_by_placeholder();
    fail(error);
  }

  // What makes a placeholder ours is the name of our temporary file in it.
  std::string placeholder_text() const { return fmt::format("amphi: this name waits for {}\n", temporary_); }

  // Stands while a placeholder is made and replaced: an unfinished one, which a death between its making and its
  // writing leaves, is ours by this.
  std::string claim_name() const { return claim_name_of(temporary_); }

  bool is_own_placeholder() const {
    const std::string text = placeholder_text();
    const auto status = find(folder_.get(), final_);
    if (!status || !S_ISREG(status->st_mode) || status->st_size > static_cast<off_t>(text.size())) return false;
    const Handle file(::openat(folder_.get(), final_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file) return false;
    const std::string there = read_all(file.get(), shown_);
    return there == text || (text.starts_with(there) && find(folder_.get(), claim_name()));
  }

  PublishResult publish_by_placeholder() {
    if (find(folder_.get(), final_)) return settle_existing();
    if (const int error = calls_.create(folder_.get(), claim_name(), ""); error != 0 && error != EEXIST) fail(error);
    sync();
    const int error = calls_.create(folder_.get(), final_, placeholder_text());
    if (error != 0) drop_claim();  // EEXIST: it appeared just now, and not by us
    if (error == EEXIST) return settle_existing();
    if (error != 0) fail(error);
    return replace_placeholder();
  }

  void rename_over(const std::string& from) {
    if (const int error = calls_.rename_over(folder_.get(), from, final_); error != 0) fail(error);
    sync();
  }

  PublishResult replace_placeholder() {
    if (const int error = calls_.rename_over(folder_.get(), temporary_, final_); error != 0) {
      withdraw_placeholder();
      fail(error);
    }
    sync();
    drop_claim();
    return PublishResult::kPublished;
  }

  // Without its claim nobody would know it for ours: the name would be taken for good.
  void withdraw_placeholder() {
    if (is_own_placeholder()) calls_.unlink(folder_.get(), final_);
    drop_claim();
  }

  void drop_claim() {
    const int error = calls_.unlink(folder_.get(), claim_name());
    if (error != 0 && error != ENOENT) fail(error);
    sync();
  }

  std::string side_name() const { return side_name_of(temporary_); }

  // Without RENAME_EXCHANGE: a second name keeps the old file, the new one is renamed over the final name, the old file
  // takes the temporary name.
  void exchange_by_link() {
    const int linked = calls_.link(folder_.get(), final_, side_name());
    const bool again = linked == EEXIST && is_same_file(find(folder_.get(), final_), find(folder_.get(), side_name()));
    if (linked != 0 && !again) fail(linked);
    sync();
    rename_over(temporary_);
    if (const int error = calls_.rename_over(folder_.get(), side_name(), temporary_); error != 0) fail(error);
    sync();
  }

  // A run before us died before its last rename: the side name is all that is left to move.
  bool finish_interrupted_exchange() {
    if (find(folder_.get(), temporary_) || !find(folder_.get(), side_name())) return false;
    if (const int error = calls_.rename_over(folder_.get(), side_name(), temporary_); error != 0) fail(error);
    sync();
    return true;
  }

  const PublishCalls& calls_;
  Handle folder_;
  std::string temporary_, final_, shown_;
};

struct stat regular_status(int source, const std::string& shown) {
  struct stat status {};
  if (::fstat(source, &status) != 0) fail_system(errno, fmt::format("cannot look at what becomes {}", shown));
  if (!S_ISREG(status.st_mode))
    throw Error(ErrorKind::kUnavailable, fmt::format("cannot link {}: its source is no regular file", shown),
                "check the path");
  return status;
}

// No longer than the temporary name itself, which may have the greatest length there is.
std::string with_last_word(std::string_view temporary, std::string_view word) {
  const std::string_view part = "part";
  if (temporary.ends_with(part)) temporary.remove_suffix(part.size());
  return fmt::format("{}{}", temporary, word);
}

}  // namespace

std::string side_name_of(std::string_view temporary) {
  return with_last_word(temporary, "old");
}

std::string claim_name_of(std::string_view temporary) {
  return with_last_word(temporary, "hold");
}

PublishResult publish_with(const PublishCalls& calls, const Root& root, std::string_view temporary,
                           std::string_view final_name) {
  return Publication(calls, root, temporary, final_name).publish();
}

void publish_exchange_with(const PublishCalls& calls, const Root& root, std::string_view temporary,
                           std::string_view final_name) {
  Publication(calls, root, temporary, final_name).exchange();
}

void undo_exchange(const Root& root, std::string_view temporary, std::string_view final_name) {
  const auto calls = system_publish_calls();
  Publication(calls, root, temporary, final_name).undo_exchange();
}

PublishResult publish(const Root& root, std::string_view temporary, std::string_view final_name) {
  return publish_with(system_publish_calls(), root, temporary, final_name);
}

void publish_exchange(const Root& root, std::string_view temporary, std::string_view final_name) {
  publish_exchange_with(system_publish_calls(), root, temporary, final_name);
}

void publish_over(const Root& root, std::string_view temporary, std::string_view final_name) {
  const PublishCalls calls = system_publish_calls();
  Publication(calls, root, temporary, final_name).replace();
}

LinkResult publish_link(const Root& root, int source, std::string_view name) {
  const std::string base = base_of(name), shown = fmt::format("{}/{}", root.path(), name);
  const auto status = regular_status(source, shown);
  const Handle folder = root.open_folder(folder_of(name));
  const std::string held = fmt::format("/proc/self/fd/{}", source);
  if (::linkat(AT_FDCWD, held.c_str(), folder.get(), base.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    const int error = errno;
    if (is_one_of(error, {EXDEV, EPERM, EMLINK, EOPNOTSUPP, ENOSYS})) return {};
    if (error != EEXIST) fail_system(error, fmt::format("cannot link {}", shown));
    if (!is_same_file(status, find(folder.get(), base))) return {.occupied = true};
  }
  sync_folder_descriptor(folder.get(), shown);
  return {.linked = true};
}

}  // namespace amphi
