// What a tool leaves running when it ends, groups and sessions of its own included.
#pragma once

#include <chrono>
#include <vector>

#include <sys/types.h>

namespace amphi {

class Orphans {
 public:
  // From now on a process whose parent ends becomes this one's child, where it would have become init's. The children
  // that are there already are not amphi's (a shell that became amphi had started them) and are never ended.
  Orphans();

  // Kills every other child of this process but those in `keep`, and what they leave in turn, and reaps them. False:
  // after `patience` one still lives; the kernel lets nobody end who waits for a device.
  bool end(const std::vector<pid_t>& keep, std::chrono::milliseconds patience = std::chrono::seconds(5)) const;

 private:
  std::vector<pid_t> before_;
};

}  // namespace amphi
