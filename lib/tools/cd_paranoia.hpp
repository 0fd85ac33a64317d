// cd-paranoia 10.2 (libcdio) with -e: "##: 14 [wrote] @ 1176" and its like on stderr, places counted in samples of 16
// bits from the disc's first. What it gives up on is "[skip]"; it ends with 0 all the same.
#pragma once

#include <cstdint>
#include <string>

#include "tools/log_tail.hpp"
#include "tools/tool.hpp"

namespace amphi {

// The track of a drive or image that is read, whole.
struct CdSpan {
  std::string source;  // device, or a .cue with its .bin beside it
  int track = 0;
  std::int64_t first = 0, sectors = 0;  // of 2,352 bytes; `first` from the disc's first on
  bool is_image = false;
};

class CdParanoiaRun : public ToolRun {
 public:
  // `output` exists and is written over in place, WAVE.
  CdParanoiaRun(CdSpan span, std::string output) : span_(std::move(span)), output_(std::move(output)) {}
  std::vector<std::string> arguments() const override;
  std::optional<Progress> take_out(std::string_view line) override;
  std::optional<Progress> take_err(std::string_view line) override;
  ToolVerdict verdict(const ChildExit& exit) const override;
  std::string version() const override { return version_; }

 private:
  CdSpan span_;
  std::string output_, version_;
  LogTail tail_;
  double fraction_ = 0;
  std::int64_t skipped_ = 0;
};

}  // namespace amphi
