#include "amphi/verify.hpp"

namespace amphi {
namespace {

// FAT counts in two seconds, and copies between file systems round.
constexpr std::uint64_t kMtimeToleranceNs = 2'000'000'000;

std::uint64_t distance(std::int64_t a, std::int64_t b) {
  const auto x = static_cast<std::uint64_t>(a), y = static_cast<std::uint64_t>(b);
  return a > b ? x - y : y - x;
}

Verdict compare(const Receipt& receipt, const Observation& seen,
                const std::function<std::optional<std::string>()>& digest) {
  if (seen.size_bytes != receipt.size_bytes) return Verdict::kChanged;
  if (distance(seen.mtime_ns, receipt.mtime_ns) <= kMtimeToleranceNs) return Verdict::kDone;
  if (!receipt.sha256 || !digest) return Verdict::kChanged;
  return digest() == receipt.sha256 ? Verdict::kDone : Verdict::kChanged;
}

}  // namespace

Verdict verdict(const std::optional<Artifact>& artifact, const std::optional<Observation>& seen, bool root_readable,
                const std::function<std::optional<std::string>()>& digest) {
  if (!artifact) return Verdict::kPending;
  if (artifact->removed) return Verdict::kRemoved;
  if (!root_readable || !seen) return Verdict::kUnreadable;
  switch (seen->presence) {
    case Observation::Presence::kUnreadable:
      return Verdict::kUnreadable;
    case Observation::Presence::kAbsent:
      return Verdict::kMissing;
    case Observation::Presence::kThere:
      break;
  }
  return artifact->unverified ? Verdict::kUnverified : compare(artifact->receipt, *seen, digest);
}

}  // namespace amphi
