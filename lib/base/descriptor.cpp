#include "base/descriptor.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/failure.hpp"

namespace amphi {

int write_bytes(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

void write_all(int descriptor, std::string_view bytes, std::string_view name) {
  if (const int error = write_bytes(descriptor, bytes); error != 0)
    fail_system(error, fmt::format("cannot write {}", name));
}

std::string read_all(int descriptor, std::string_view name, std::size_t limit) {
  std::string all;
  char buffer[16384];
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_system(errno, fmt::format("cannot read {}", name));
    if (count == 0) return all;
    all.append(buffer, static_cast<std::size_t>(count));
    if (all.size() > limit)
      throw Error(ErrorKind::kUnavailable, fmt::format("{} is larger than the {} bytes expected at most", name, limit),
                  "check that this is the right file");
  }
}

std::string read_at(int descriptor, std::int64_t at, std::size_t size, std::string_view name) {
  std::string all(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const auto count = ::pread(descriptor, all.data() + done, size - done, at + static_cast<std::int64_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_system(errno, fmt::format("cannot read {}", name));
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  all.resize(done);
  return all;
}

void write_at(int descriptor, std::int64_t at, std::string_view bytes, std::string_view name) {
  while (!bytes.empty()) {
    const auto count = ::pwrite(descriptor, bytes.data(), bytes.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_system(errno, fmt::format("cannot write {}", name));
    bytes.remove_prefix(static_cast<std::size_t>(count));
    at += count;
  }
}

std::int64_t size_of_file(int descriptor, std::string_view name) {
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) fail_system(errno, fmt::format("cannot look at {}", name));
  return info.st_size;
}

bool is_range_held(int descriptor, std::int64_t offset) {
  struct flock asked {};
  asked.l_type = F_WRLCK;
  asked.l_whence = SEEK_SET;
  asked.l_start = offset;
  asked.l_len = 1;
  return ::fcntl(descriptor, F_OFD_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
}

void sync_file(int descriptor, std::string_view name) {
  // EINTR too is not asked again: nothing says that what failed once is still there to be written.
  if (const int error = sync_descriptor(descriptor); error != 0)
    fail_system(error, fmt::format("cannot make {} durable", name),
                "the storage failed; look at dmesg, then do it again from the start");
}

void sync_folder_descriptor(int descriptor, std::string_view name) {
  const int error = sync_descriptor(descriptor);
  if (error == 0 || error == EINVAL || error == EOPNOTSUPP) return;
  fail_system(error, fmt::format("cannot make the folder {} durable", name), "the storage failed; look at dmesg");
}

}  // namespace amphi
