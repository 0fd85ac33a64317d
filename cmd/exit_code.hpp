// The exit codes of the README's table. What an error ends with: amphi/error.hpp.
#pragma once

#include <string_view>
#include <vector>

namespace amphi::cmd {

inline constexpr int kExitDone = 0;
inline constexpr int kExitUnexpected = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitNotAsItShouldBe = 3;
inline constexpr int kExitNotFound = 4;
inline constexpr int kExitUnfinished = 5;
inline constexpr int kExitUnavailable = 6;
inline constexpr int kExitBusy = 7;
inline constexpr int kExitCatalog = 8;

struct ExitMeaning {
  int code;
  std::string_view meaning;
};
const std::vector<ExitMeaning>& exit_meanings();  // for `amphi --help`

}  // namespace amphi::cmd
