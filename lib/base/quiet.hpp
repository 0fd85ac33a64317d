// For libraries that print their complaints themselves: what anybody writes to stderr meanwhile goes nowhere. Of the
// whole process, so for short calls only, and not while another thread starts children.
#pragma once

#include "base/handle.hpp"

namespace amphi {

class QuietStderr {
 public:
  QuietStderr();
  QuietStderr(const QuietStderr&) = delete;
  QuietStderr& operator=(const QuietStderr&) = delete;
  ~QuietStderr();

 private:
  Handle before_;  // empty where there was none, or no other could be had
};

}  // namespace amphi
