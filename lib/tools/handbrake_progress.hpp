// HandBrakeCLI --json prints labelled JSON blocks over several lines ("Progress: {" ... "}") between lines of its
// libraries. Progress has State SCANNING, WORKING, MUXING and at the end WORKDONE with an error number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/tool.hpp"

namespace amphi {

// Puts the lines of one block together. A block that never ends is given up at `kLongest`.
class JsonBlocks {
 public:
  struct Block {
    std::string label;  // "Version", "Progress", "JSON Title Set"
    std::string body;   // from '{' to its '}'
  };
  std::optional<Block> take(std::string_view line);

 private:
  static constexpr std::size_t kLongest = 1 << 20;
  Block open_;
  bool inside_ = false;
};

// One fraction over the passes of a run: a subtitle scan counts a tenth, the encoding passes share the rest evenly.
class HandbrakeProgress {
 public:
  explicit HandbrakeProgress(double source_frame_rate) : frame_rate_(source_frame_rate) {}
  std::optional<Progress> take(std::string_view line);
  std::optional<int> work_done() const { return work_done_; }  // WORKDONE's error, once it came
  bool worked() const { return worked_; }                      // an encoding began: preset and input were good
  const std::string& version() const { return version_; }

 private:
  std::optional<Progress> take_progress(const std::string& body);
  double frame_rate_;
  JsonBlocks blocks_;
  bool subtitle_scan_ = false, worked_ = false;
  double fraction_ = 0;
  std::optional<int> work_done_;
  std::string version_;
};

}  // namespace amphi
