// Root::write_file_durably: a small file that is either its old self or its new self, whatever happens.
#include "base/root.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include "amphi/error.hpp"
#include "base/beneath.hpp"
#include "base/descriptor.hpp"
#include "base/failure.hpp"

namespace amphi {
namespace {

bool is_still(const Handle& file, int folder, const std::string& name) {
  struct stat held {
  }, named{};
  return ::fstat(file.get(), &held) == 0 && ::fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

// The temporary file has one fixed name, so that what a killed run left is taken over by the next and never piles up;
// its lock keeps two writers apart. A file system without flock has to do without the second. It lies in the folder
// that is open, whatever takes that folder's name meanwhile.
Handle open_temporary(int folder, const std::string& base, const std::string& shown) {
  for (;;) {
    // O_NONBLOCK: a pipe put there by somebody else must not hold us up.
    Handle file = open_beneath(folder, base, O_RDWR | O_CREAT | O_NONBLOCK, 0666);
    if (!file) fail_system(errno, fmt::format("cannot write {}", shown));
    while (::flock(file.get(), LOCK_EX) != 0 && errno == EINTR) continue;
    if (!is_still(file, folder, base)) continue;  // the writer before us renamed it into place
    struct stat status {};
    if (::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1) return file;
    throw Error(ErrorKind::kUnavailable,
                fmt::format("{}: its temporary file {} is no regular file or has a second name", shown, base),
                "remove it");
  }
}

}  // namespace

void Root::write_file_durably(std::string_view name, std::string_view bytes) const {
  const std::string parent = folder_of(name), base = base_of(name);
  const Handle folder = open_folder(parent);
  const std::string temporary_base = fmt::format(".{}.amphi-tmp", base);
  const std::string shown = fmt::format("{}/{}", path_, name);
  const Handle file = open_temporary(folder.get(), temporary_base, shown);
  try {
    if (::ftruncate(file.get(), 0) != 0) fail_system(errno, fmt::format("cannot write {}", shown));
    write_all(file.get(), bytes, shown);
    sync_file(file.get(), shown);
    if (::renameat(folder.get(), temporary_base.c_str(), folder.get(), base.c_str()) != 0)
      fail_system(errno, fmt::format("cannot write {}", shown));
  } catch (const Error&) {
    ::unlinkat(folder.get(), temporary_base.c_str(), 0);  // best effort; the next writer takes it over otherwise
    throw;
  }
  sync_folder_descriptor(folder.get(), shown);
}

}  // namespace amphi
