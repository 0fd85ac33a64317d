#include <algorithm>
#include <cerrno>

#include <unistd.h>

#include "base/child.hpp"
#include "base/failure.hpp"

namespace amphi {

bool LineReader::read_from(int descriptor, const std::function<void(std::string_view line)>& take) {
  // A child that prints faster than we read must not keep us from the rest of the poll loop.
  constexpr int kReadsAtOnce = 64;
  char buffer[16384];
  for (int reads = 0; reads < kReadsAtOnce;) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count > 0) add({buffer, static_cast<std::size_t>(count)}, take);
    if (count == 0) return false;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return true;
    if (count < 0 && errno != EINTR) fail_system(errno, "cannot read what a tool prints");
    if (count > 0) ++reads;
  }
  return true;
}

void LineReader::add(std::string_view bytes, const std::function<void(std::string_view line)>& take) {
  while (!bytes.empty()) {
    if (std::exchange(after_return_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      continue;
    }
    const auto end = bytes.find_first_of("\n\r");
    keep(bytes.substr(0, end));
    if (end == std::string_view::npos) return;
    after_return_ = bytes[end] == '\r';
    end_line(take);
    bytes.remove_prefix(end + 1);
  }
}

void LineReader::keep(std::string_view piece) {
  rest_ += piece.substr(0, limit_ - std::min(limit_, rest_.size()));
}

void LineReader::end_line(const std::function<void(std::string_view line)>& take) {
  const std::string line = std::exchange(rest_, {});
  take(line);
}

void LineReader::finish(const std::function<void(std::string_view line)>& take) {
  if (!rest_.empty()) end_line(take);
}

}  // namespace amphi
