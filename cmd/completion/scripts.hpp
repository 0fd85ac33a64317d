// The thin files of completions/, part of the program.
#pragma once

#include <string_view>

namespace amphi::cmd {

extern const std::string_view kBashCompletion;
extern const std::string_view kZshCompletion;
extern const std::string_view kFishCompletion;

}  // namespace amphi::cmd
