// mkvmerge 74 with --gui-mode: "#GUI#progress 33%", "#GUI#warning TEXT", "#GUI#error TEXT" on stdout. It ends with 0,
// with 1 after a warning (the file is whole), with 2 after an error. Of a playlist it takes every stream, languages,
// chapters.
#pragma once

#include <string>

#include "tools/log_tail.hpp"
#include "tools/tool.hpp"

namespace amphi {

class MkvmergeRun : public ToolRun {
 public:
  // `input`: a playlist or a clip in its folder. `output` exists and is written over in place. The same input makes the
  // same bytes.
  MkvmergeRun(std::string input, std::string output) : input_(std::move(input)), output_(std::move(output)) {}
  std::vector<std::string> arguments() const override;
  std::optional<Progress> take_out(std::string_view line) override;
  std::optional<Progress> take_err(std::string_view line) override;
  ToolVerdict verdict(const ChildExit& exit) const override;
  std::string version() const override { return version_; }

 private:
  std::string input_, output_, version_;
  LogTail tail_;
  double fraction_ = 0;
  bool scanning_ = false, no_space_ = false;
};

}  // namespace amphi
