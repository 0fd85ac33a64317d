// What a worker says on its stdout: JSON Lines, progress about twice a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "amphi/cause.hpp"
#include "base/handle.hpp"

namespace amphi {

class Events {
 public:
  // Takes stdout for itself and points descriptor 1 at stderr: nothing that a library prints can get between the lines.
  static Events take_over_stdout();
  explicit Events(int fd) : out_(fd) {}

  // Bytes done of `total` in this job, `fresh` of them by this run: the speed is that of now, not of what stood
  // already.
  void progress(std::int64_t done, std::int64_t total, std::int64_t fresh);
  void result(nlohmann::json result);
  void failure(Cause cause, const std::string& message, const std::string& hint);

 private:
  using Clock = std::chrono::steady_clock;
  void write_line(std::string line);

  Handle out_;
  Clock::time_point begun_ = Clock::now(), reported_ = begun_;
};

}  // namespace amphi
