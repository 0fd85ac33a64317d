#include "reader/events.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "model/worker_job.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr std::chrono::milliseconds kInterval{500};

}  // namespace

Events Events::take_over_stdout() {
  const int mine = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (mine < 0) throw_errno(errno, "stdout cannot be used");
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  return Events(mine);
}

void Events::progress(std::int64_t done, std::int64_t total, std::int64_t fresh) {
  const auto now = Clock::now();
  if (now - reported_ < kInterval || total <= 0) return;
  reported_ = now;
  const auto speed = static_cast<double>(fresh) / std::chrono::duration<double>(now - begun_).count();
  Progress progress;
  progress.fraction = static_cast<double>(done) / static_cast<double>(total);
  progress.speed = Speed{speed, SpeedUnit::kBytes};
  if (speed > 0) progress.eta_seconds = static_cast<double>(total - done) / speed;
  write_line(progress_line(progress));
}

void Events::result(nlohmann::json result) {
  write_line(result_line(std::move(result)));
}

void Events::failure(Cause cause, const std::string& message, const std::string& hint) {
  write_line(failure_line({cause, message, hint}));
}

void Events::write_line(std::string line) {
  line += '\n';
  for (std::size_t done = 0; done < line.size();) {
    const auto wrote = ::write(out_.get(), line.data() + done, line.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    // Nobody listens any more: whoever asked is gone, and judges by the exit code if at all.
    if (wrote < 0) return;
    done += static_cast<std::size_t>(wrote);
  }
}

}  // namespace amphi
