// What a failed tool said: the lines worth showing, and whether they speak of a full disk. Tools end with 0 on some
// failures, so what they print decides.
#pragma once

#include <string>
#include <string_view>

#include "tools/tool.hpp"

namespace amphi {

class LogTail {
 public:
  void take(std::string_view line);        // every line of the log
  void take_error(std::string_view line);  // one that says what failed: the first counts, later ones follow from it
  bool no_space() const { return no_space_; }
  std::string why() const;  // one line, control characters escaped

 private:
  std::string last_, error_;
  bool no_space_ = false;
};

// The verdict of a tool that a signal ended, or that said its disk is full: the same for all of them.
ToolVerdict signalled_verdict(const std::string& tool, const ChildExit& exit);
ToolVerdict no_space_verdict(const std::string& tool);

}  // namespace amphi
