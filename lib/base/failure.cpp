#include "base/failure.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "amphi/error.hpp"

namespace amphi {
namespace {

std::string_view hint_for(int error_number) {
  switch (error_number) {
    case ENOENT:
      return "check the path";
    case ENOTDIR:
      return "a file is where a folder should be; move it away";
    case EEXIST:
    case ENOTEMPTY:
      return "something else is there already; move it away";
    case EISDIR:
    case ENXIO:
      return "it is no regular file; move it away";
    case EACCES:
    case EPERM:
      return "check owner and permissions";
    case ENOSPC:
    case EDQUOT:
      return "free some space, then try again";
    case EROFS:
      return "the file system is mounted read-only";
    case ELOOP:
      return "a symbolic link is in the way; amphi follows none below its folders";
    case EXDEV:
      return "the name leads out of its folder";
    case EIO:
      return "the device reports an error; look at dmesg";
    case ENAMETOOLONG:
      return "choose a shorter name";
    case EMFILE:
    case ENFILE:
      return "too many files are open; raise ulimit -n";
    default:
      return "try again; if it stays so, look at dmesg";
  }
}

}  // namespace

std::string system_reason(int error_number) {
  const char* text = strerrordesc_np(error_number);
  return text ? std::string(text) : fmt::format("error {}", error_number);
}

void fail_system(int error_number, std::string_view what, std::string hint) {
  if (hint.empty()) hint = hint_for(error_number);
  throw Error(ErrorKind::kUnavailable, fmt::format("{}: {}", what, system_reason(error_number)), std::move(hint));
}

}  // namespace amphi
