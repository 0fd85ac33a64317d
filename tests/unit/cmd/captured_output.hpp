// An Output whose bytes a test can read again.
#pragma once

#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "base/handle.hpp"
#include "output.hpp"

namespace amphi::cmd {

class CapturedOutput {
 public:
  CapturedOutput() : file_(::memfd_create("output", MFD_CLOEXEC)), output_(file_.get()) {}
  Output& output() { return output_; }
  std::string text() {
    output_.flush();
    std::string out(static_cast<std::size_t>(::lseek(file_.get(), 0, SEEK_END)), '\0');
    const auto got = ::pread(file_.get(), out.data(), out.size(), 0);
    out.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return out;
  }

 private:
  Handle file_;
  Output output_;
};

}  // namespace amphi::cmd
