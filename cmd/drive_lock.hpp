// A drive is asked by one amphi at a time.
#pragma once

#include <optional>

#include "amphi/source.hpp"
#include "base/lock.hpp"
#include "context.hpp"

namespace amphi::cmd {

// The lock of a device node; nothing for images and folders, which any number may read. Throws kBusy, or waits with
// --wait.
std::optional<Lock> lock_drive(const Context& context, const Source& source);

}  // namespace amphi::cmd
