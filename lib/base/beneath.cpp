#include "base/beneath.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi {

Handle open_beneath(int folder, const std::string& name, int flags, unsigned mode) {
  open_how how{};
  // No O_NOFOLLOW: with O_DIRECTORY it would turn "a symbolic link is in the way" (ELOOP) into "not there" (ENOTDIR).
  how.flags = static_cast<unsigned>(flags) | O_CLOEXEC | O_NOCTTY;
  how.mode = (flags & O_CREAT) ? mode : 0;  // the kernel refuses a mode without O_CREAT
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  // EAGAIN: a rename elsewhere made the kernel unsure whether the walk stayed beneath.
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const long opened = syscall(SYS_openat2, folder, name.c_str(), &how, sizeof how);
    if (opened >= 0) return Handle(static_cast<int>(opened));
    if (errno == ENOSYS)
      throw Error(ErrorKind::kUnavailable, "this kernel has no openat2, which keeps amphi within its folders",
                  "Linux 5.6 or later is needed");
    if (errno != EAGAIN && errno != EINTR) break;
  }
  return {};
}

void check_relative(std::string_view name) {
  bool good = name.find('\0') == std::string_view::npos;
  for (const auto& part : split(name, '/')) good = good && !part.empty() && part != "." && part != "..";
  if (good) return;
  throw Error(ErrorKind::kUnavailable, fmt::format("\"{}\" is no name beneath a folder", escape_controls(name)),
              "a name is relative, without empty parts, . or ..");
}

}  // namespace amphi
