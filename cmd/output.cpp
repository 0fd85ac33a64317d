#include "output.hpp"

#include <cerrno>
#include <cstring>

#include <unistd.h>

#include "amphi/error.hpp"

namespace amphi::cmd {

namespace {
constexpr std::size_t kBufferBytes = 64 * 1024;
}

Output::Output(int descriptor, WhenClosed when_closed) : descriptor_(descriptor), when_closed_(when_closed) {
  buffer_.reserve(kBufferBytes);  // growing would copy what is there
}

void Output::write(std::string_view text) {
  buffer_.append(text);
  if (buffer_.size() >= kBufferBytes) flush();
}

void Output::line(std::string_view text) {
  write(text);
  write("\n");
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && !closed_) {
    const auto written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      closed_ = true;
    } else if (errno != EINTR) {
      const int why = errno;
      buffer_.clear();
      if (when_closed_ == WhenClosed::kMute) return;
      throw Error(ErrorKind::kUnavailable, std::string("cannot write to standard output: ") + std::strerror(why));
    }
  }
  buffer_.clear();
  if (closed_ && when_closed_ == WhenClosed::kThrow) throw ClosedPipe();
}

}  // namespace amphi::cmd
