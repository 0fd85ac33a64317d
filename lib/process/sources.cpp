#include "process/sources.hpp"

#include <sys/stat.h>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "process/identities.hpp"
#include "process/locks.hpp"

namespace amphi {
namespace {

bool there(const Source& source) {
  struct stat info {};
  return ::stat(source.path.c_str(), &info) == 0;
}

}  // namespace

Source source_of(const Drive& drive) {
  return drive.stand_in ? make_source(drive.path) : Source{SourceKind::kDevice, drive.path};
}

bool source_busy(const Source& source) {
  try {
    return !try_source_lock(source);
  } catch (const Error&) {
    return false;  // cannot be opened: its reader says why, in its own words
  }
}

const SourceFinder::Identity& SourceFinder::identity_of(const Source& source) {
  const auto known = fingerprints_.find(source.path);
  if (known != fingerprints_.end()) return known->second;
  Identity identity;
  try {
    identity.fingerprint = amphi::identity_of(catalog_, source).fingerprint;
  } catch (const Error& error) {
    identity.trouble = error.message();
  }
  return fingerprints_[source.path] = identity;
}

std::optional<Source> SourceFinder::in_drive(const Disc& disc) {
  if (!drives_) drives_ = list_drives(config_.drives);
  for (const auto& drive : *drives_) {
    if (drive.state != DriveState::kDisc) continue;
    const auto source = source_of(drive);
    // A busy drive that the disc was last read from is taken for its place: the lock says busy, the step looks again.
    const bool busy = !fingerprints_.contains(source.path) && source_busy(source);
    if (busy ? source.path == disc.source.path : identity_of(source).fingerprint == disc.fingerprint) return source;
  }
  return std::nullopt;
}

FoundSource SourceFinder::find(const Disc& disc) {
  if (disc.provisional)
    return {std::nullopt, fmt::format("{} is known from a log only: put the disc in and scan it", display_title(disc))};
  if (auto source = in_drive(disc)) return {source, ""};
  const bool file = disc.source.kind == SourceKind::kImage || disc.source.kind == SourceKind::kFolder;
  if (!file) return {std::nullopt, fmt::format("the disc {} is in no drive", display_title(disc))};
  if (!there(disc.source))
    return {std::nullopt,
            fmt::format("the disc {} is in no drive, and {} is gone", display_title(disc), disc.source.path)};
  const auto& identity = identity_of(disc.source);
  if (identity.fingerprint == disc.fingerprint) return {disc.source, ""};
  return {std::nullopt,
          fmt::format("the disc {} is in no drive, and {} {}", display_title(disc), disc.source.path,
                      identity.trouble.empty() ? "is another disc now" : "cannot be read: " + identity.trouble)};
}

}  // namespace amphi
