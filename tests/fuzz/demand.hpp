// What must hold for every input. Where it does not, the target ends as in a crash, and libFuzzer keeps the input.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace amphi::fuzz {

inline void demand(bool holds, std::string_view what, const std::string& found = {}) {
  if (holds) return;
  std::fprintf(stderr, "broken: %.*s\n  %s\n", static_cast<int>(what.size()), what.data(), found.c_str());
  std::abort();
}

inline std::string_view text_of(const unsigned char* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace amphi::fuzz
