// Starts writing to the disk early, so that the fsync at the end has little left to wait for.
#pragma once

#include <cstdint>

namespace amphi {

class WriteBack {
 public:
  explicit WriteBack(int fd) : fd_(fd) {}
  // Everything before `end` (bytes) has been written into the page cache.
  void wrote_until(std::int64_t end);

 private:
  int fd_;
  std::int64_t started_ = 0;
};

}  // namespace amphi
