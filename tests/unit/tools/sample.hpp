// Recorded output of the real tools, and what every test of a parser does with it.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "tools/tool.hpp"

namespace amphi::test {

inline std::string sample(const std::string& name) {
  std::ifstream in(AMPHI_SOURCE_DIR "/tests/unit/tools/data/" + name, std::ios::binary);
  EXPECT_TRUE(in) << "no sample " << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

inline ChildExit exit_with(int code) {
  ChildExit exit;
  exit.code = code;
  return exit;
}
inline ChildExit killed_by(int signal) {
  ChildExit exit;
  exit.signalled = true;
  exit.code = signal;
  return exit;
}

template <class Take>
void feed(std::string_view text, Take take) {
  for (const auto& line : split(text, '\n')) take(std::string_view(line));
}

inline void feed_out(ToolRun& run, const std::string& name) {
  feed(sample(name), [&](auto line) { run.take_out(line); });
}
inline void feed_err(ToolRun& run, const std::string& name) {
  feed(sample(name), [&](auto line) { run.take_err(line); });
}

// Every truncation of `text`: `check` gets the parser as it is after each prefix.
template <class Parser, class Take, class Check>
void truncate_everywhere(const std::string& text, const Parser& fresh, Take take, Check check) {
  Parser whole_lines = fresh;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto line = std::string_view(text).substr(begin, end - begin);
    for (std::size_t cut = 0; cut < line.size(); ++cut) {
      Parser parser = whole_lines;
      take(parser, line.substr(0, cut));
      check(parser, begin + cut);
    }
    take(whole_lines, line);
    check(whole_lines, end);
    begin = end + 1;
  }
}

}  // namespace amphi::test
