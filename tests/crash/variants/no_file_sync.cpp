// A fault on purpose: folders are made durable, files are not.
#include "base/descriptor.hpp"

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace amphi {

int sync_descriptor(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return errno;
  if (!S_ISDIR(status.st_mode)) return 0;
  return ::fsync(descriptor) == 0 ? 0 : errno;
}

}  // namespace amphi
