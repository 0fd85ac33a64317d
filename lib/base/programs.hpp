// Other people's programs, one row each: what Debian calls its package, and how it says which version it is.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace amphi {

struct Program {
  std::string_view name;
  std::string_view package;                   // Debian's; "": it has none
  std::string_view otherwise{};               // how to get it where there is no package
  std::array<std::string_view, 5> version{};  // the arguments that ask for it, "" behind them; none: it is not asked
  std::string_view before{};                  // what stands before the version in its answer
};

extern const Program kHandBrakeCli, kFfmpegProgram, kMkvmergeProgram, kMakemkvcon, kCdParanoiaProgram, kFlacProgram;

const Program* find_program_row(std::string_view name);  // nullptr: no program that amphi knows
std::string how_to_install(const Program& program);      // "apt install handbrake-cli"

}  // namespace amphi
