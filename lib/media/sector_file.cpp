#include "media/sector_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader/fault.hpp"

namespace amphi {

SectorFile::SectorFile(int fd) : fd_(fd) {
  struct stat facts {};
  if (::fstat(fd, &facts) != 0) throw_errno(errno, "the file of sectors cannot be read");
  sectors_ = facts.st_size / static_cast<std::int64_t>(kSectorSize);
  ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
}

std::int64_t SectorFile::read(std::int64_t first, std::span<std::uint8_t> out) {
  std::size_t done = 0;
  const auto base = first * static_cast<std::int64_t>(kSectorSize);
  while (done < out.size()) {
    const auto got = ::pread(fd_, out.data() + done, out.size() - done, base + static_cast<std::int64_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno(errno, "the file of sectors cannot be read", Cause::kMedium);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return static_cast<std::int64_t>(done / kSectorSize);
}

}  // namespace amphi
