// stdout is data. One buffered writer; a reader that went away ends a listing quietly.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace amphi::cmd {

// Thrown when nobody reads stdout any more. main ends with 0: the reader had what it wanted.
class ClosedPipe : public std::exception {
 public:
  const char* what() const noexcept override { return "nobody reads the output any more"; }
};

class Output {
 public:
  enum class WhenClosed { kThrow, kMute };  // kMute: `process` goes on without its listener

  explicit Output(int descriptor, WhenClosed when_closed = WhenClosed::kThrow);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() = default;  // what was not flushed is given up: a throw is on its way

  void set_when_closed(WhenClosed when_closed) { when_closed_ = when_closed; }
  void write(std::string_view text);
  void line(std::string_view text);
  void flush();  // throws kUnavailable where the bytes cannot be written (a full disk)

 private:
  int descriptor_;
  WhenClosed when_closed_;
  bool closed_ = false;
  std::string buffer_;
};

}  // namespace amphi::cmd
