// Help pages: short, each with an example.
#pragma once

#include <string>
#include <string_view>

#include "verb.hpp"

namespace amphi::cmd {

std::string root_help();
std::string noun_help(std::string_view noun);  // throws kUsage when there is no such noun
std::string verb_help(const Verb& verb);

}  // namespace amphi::cmd
