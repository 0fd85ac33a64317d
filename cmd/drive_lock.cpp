#include "drive_lock.hpp"

#include <fmt/format.h>

#include "amphi/error.hpp"

namespace amphi::cmd {

std::optional<Lock> lock_drive(const Context& context, const Source& source) {
  if (source.kind != SourceKind::kDevice) return std::nullopt;
  const bool wait = context.options().wait;
  auto lock = Lock::wait([&] { return Lock::try_whole(source.path); }, [wait] { return !wait; });
  if (!lock) {
    throw Error(ErrorKind::kBusy, fmt::format("{} is in use by another amphi", source.path),
                "try again when it is done, or wait with --wait");
  }
  return lock;
}

}  // namespace amphi::cmd
