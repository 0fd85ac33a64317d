// flac 1.4: WAVE to FLAC, which it decodes again and compares while it writes (--verify). Tags are Vorbis comments.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tools/log_tail.hpp"
#include "tools/tool.hpp"

namespace amphi {

class FlacRun : public EncoderRun {
 public:
  // `output` exists and is written over in place.
  FlacRun(const StepSpec& spec, std::string output)
      : input_(spec.input), output_(std::move(output)), tags_(spec.tags) {}
  std::vector<std::string> arguments() const override;
  std::optional<Progress> take_out(std::string_view line) override;
  std::optional<Progress> take_err(std::string_view line) override;
  ToolVerdict verdict(const ChildExit& exit) const override;
  std::optional<KeptStreams> kept() const override { return std::nullopt; }
  std::string version() const override { return version_; }

 private:
  std::string input_, output_;
  std::vector<std::pair<std::string, std::string>> tags_;
  std::string version_;
  LogTail tail_;
};

}  // namespace amphi
