#include "step/recorded.hpp"

#include <fcntl.h>

#include "amphi/verify.hpp"
#include "base/digest.hpp"
#include "step/receipts.hpp"

namespace amphi {
namespace {

Observation observation_of(const std::optional<struct stat>& there) {
  Observation seen;
  if (!there) return seen;
  seen.presence = S_ISREG(there->st_mode) ? Observation::Presence::kThere : Observation::Presence::kUnreadable;
  seen.size_bytes = there->st_size;
  seen.mtime_ns = mtime_ns_of(*there);
  return seen;
}

}  // namespace

Verdict verdict_beneath(const Root& root, const std::string& name, const std::optional<struct stat>& there,
                        const Artifact& artifact) {
  const auto digest = [&]() -> std::optional<std::string> {
    return sha256_of_descriptor(root.open_file(name, O_RDONLY).get(), artifact.receipt.path);
  };
  return verdict(artifact, observation_of(there), true, digest);
}

}  // namespace amphi
