#include "step/rip_parts.hpp"

#include <fmt/format.h>

#include "amphi/reader.hpp"
#include "base/log.hpp"

namespace amphi {
namespace {

// The disc is blamed only when a second look fails too: it would not be tried again before it is another one.
std::string fingerprint_in(const Source& source) {
  try {
    return read_identity(source).fingerprint;
  } catch (const Error& error) {
    log_debug(fmt::format("looking once more: {}", error.message()));
  }
  try {
    return read_identity(source).fingerprint;
  } catch (const Error& error) {
    throw StepError(error.kind(), Cause::kMedium, error.message(), error.hint());
  }
}

}  // namespace

void demand_same_disc(const StepWork& work) {
  if (!work.spec.source) throw StepError(ErrorKind::kUsage, Cause::kMedium, "the step names no source");
  const auto found = fingerprint_in(*work.spec.source);
  if (found != work.spec.fingerprint)
    throw StepError(ErrorKind::kUnavailable, Cause::kMedium,
                    fmt::format("{} holds another disc: {}, not {}", work.spec.source->path, short_fingerprint(found),
                                short_fingerprint(work.spec.fingerprint)));
}

void demand_every_sector(const StepWork& work, std::int64_t bad) {
  if (bad > 0)
    throw StepError(ErrorKind::kUnfinished, Cause::kMedium,
                    fmt::format("{} sectors of {} could not be read", bad, work.spec.source->path),
                    "clean the disc and try again");
}

}  // namespace amphi
