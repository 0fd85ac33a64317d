#include "base/publish_calls.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/descriptor.hpp"

namespace amphi {
namespace {

int result_of(int returned) {
  return returned == 0 ? 0 : errno;
}

int rename_over(int folder, const std::string& from, const std::string& to) {
  return result_of(::renameat(folder, from.c_str(), folder, to.c_str()));
}

PublishCalls::Two rename_with(unsigned flags) {
  return [flags](int folder, const std::string& from, const std::string& to) {
    return result_of(::renameat2(folder, from.c_str(), folder, to.c_str(), flags));
  };
}

int create_with(int folder, const std::string& name, const std::string& bytes) {
  const Handle file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file) return errno;
  const int error = write_bytes(file.get(), bytes);
  if (error != 0) ::unlinkat(folder, name.c_str(), 0);  // it would keep the name from everybody
  return error;
}

}  // namespace

PublishCalls system_publish_calls() {
  return {
      .rename_noreplace = rename_with(RENAME_NOREPLACE),
      .rename_exchange = rename_with(RENAME_EXCHANGE),
      .rename_over = rename_over,
      .link = [](int folder, const std::string& from,
                 const std::string& to) { return result_of(::linkat(folder, from.c_str(), folder, to.c_str(), 0)); },
      .unlink = [](int folder, const std::string& name) { return result_of(::unlinkat(folder, name.c_str(), 0)); },
      .create = create_with,
      .sync_folder = [](int folder, const std::string& shown) { sync_folder_descriptor(folder, shown); }};
}

}  // namespace amphi
