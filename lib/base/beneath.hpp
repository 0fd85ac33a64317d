// openat2(2): the system call beneath root.hpp. glibc 2.36 has no wrapper for it.
#pragma once

#include <string>
#include <string_view>

#include "base/handle.hpp"

namespace amphi {

// Opens `name` beneath the folder `folder`, symbolic links refused in every component, the last too. O_CLOEXEC is
// added. Returns an empty handle and sets errno where it cannot; throws kUnavailable where the kernel has no openat2.
Handle open_beneath(int folder, const std::string& name, int flags, unsigned mode);

// Throws kUnavailable unless `name` is relative and has no empty, "." or ".." component and no NUL.
void check_relative(std::string_view name);

}  // namespace amphi
