// What `cleanup` may delete: rips and transcodes that finished work no longer needs. Pure: values in, values out.
#pragma once

#include <cstdint>
#include <vector>

#include "amphi/artifact.hpp"
#include "amphi/plan.hpp"

namespace amphi {

struct CleanupPolicy {
  bool rips = true, transcodes = true;
  int older_than_days = 0;      // since the library file was made
  std::int64_t keep_bytes = 0;  // rips and transcodes that stay all the same, the newest
};

// The stages of a track whose artifacts stand and that its library file made superfluous. None where the library file
// does not stand, is to be made anew, or somebody works on the track.
std::vector<Stage> superfluous_stages(const TrackSnapshot& track, const CleanupPolicy& policy);

// A name on the disk; a file lies under `links` of them.
struct FileName {
  std::uint64_t device = 0, inode = 0, links = 1;
  std::int64_t bytes = 0;
  Stage stage = Stage::kRip;
};

// The names whose deletion frees something: all names of a file are among them. A rip or transcode that is the library
// file itself, or a hard link of it, takes no room, and stays.
std::vector<FileName> worth_deleting(const std::vector<FileName>& names, const FileName& library);
// Bytes that deleting all of them frees; a file's bytes count once.
std::int64_t freed_by(const std::vector<FileName>& worth);

// What a track would free, and since when its library file stands.
struct Freeable {
  Timestamp inserted;
  std::int64_t bytes = 0;
};
// Tracks inserted before this may be cleaned: older than the policy's days, and not among the newest that together take
// up at most `keep_bytes`.
Timestamp clean_before(std::vector<Freeable> all, const CleanupPolicy& policy, Timestamp now);

}  // namespace amphi
