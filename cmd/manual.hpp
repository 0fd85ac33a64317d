// The manual page, made of what the command tree says of itself; written when amphi is built.
#pragma once

#include <string>

namespace amphi::cmd {

std::string manual_page();                          // roff, man(7)
std::string roff_escaped(const std::string& text);  // text that roff takes literally

}  // namespace amphi::cmd
