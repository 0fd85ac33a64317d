// Reads out of the logs of HandBrakeCLI and ffmpeg which input streams went into the output. Both print libav's dump of
// the input ("  Stream #0:1(eng): Audio: ..."); after it ffmpeg prints "Stream mapping:", HandBrakeCLI a "job
// configuration" for each of its passes, of which the last is the one that was written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/tool.hpp"

namespace amphi {

// The input's streams by libav's number, each with its 0-based index among those of its kind.
class InputStreams {
 public:
  enum class Kind { kVideo, kAudio, kSubtitle, kOther };
  struct Stream {
    Kind kind = Kind::kOther;
    int index = 0;
  };
  void take(std::string_view line);
  std::optional<Stream> find(int number) const;

 private:
  bool in_input_ = false;
  std::map<int, Stream> streams_;
  std::map<Kind, int> counts_;
};

class FfmpegStreamLog {
 public:
  void take(std::string_view line);  // without the "[info] " of its level
  std::optional<KeptStreams> kept() const;

 private:
  void take_mapping(std::string_view line);
  InputStreams input_;
  bool mapping_ = false, complete_ = false, odd_ = false;
  KeptStreams kept_;
};

class HandbrakeStreamLog {
 public:
  void take(std::string_view line);
  std::optional<KeptStreams> kept() const;

 private:
  void take_job_line(std::string_view text);
  std::optional<int> input_index(std::string_view text, InputStreams::Kind kind) const;
  InputStreams input_;
  bool job_ = false, finished_ = false, odd_ = false;
  KeptStreams kept_;
};

}  // namespace amphi
