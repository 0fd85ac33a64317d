// A failed system call as amphi::Error: what was tried, the system's reason, and what the user can do about it.
#pragma once

#include <string>
#include <string_view>

namespace amphi {

// "No such file or directory": without the locale, safe in threads.
std::string system_reason(int error_number);
// Throws kUnavailable "WHAT: REASON". Without a hint of the caller's, one that fits the reason.
[[noreturn]] void fail_system(int error_number, std::string_view what, std::string hint = {});

}  // namespace amphi
