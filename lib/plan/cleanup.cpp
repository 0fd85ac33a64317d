#include "amphi/cleanup.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace amphi {
namespace {

constexpr std::int64_t kDayNs = 86'400'000'000'000;

using FileId = std::pair<std::uint64_t, std::uint64_t>;

FileId id_of(const FileName& name) {
  return {name.device, name.inode};
}

bool is_finished(const TrackSnapshot& track) {
  const auto& insert = track.stages[Stage::kInsert];
  return insert.verdict == Verdict::kDone && !insert.stale && track.held_by.empty();
}

}  // namespace

std::vector<Stage> superfluous_stages(const TrackSnapshot& track, const CleanupPolicy& policy) {
  std::vector<Stage> stages;
  if (!is_finished(track)) return stages;
  for (const Stage stage : {Stage::kRip, Stage::kTranscode}) {
    const bool asked = stage == Stage::kRip ? policy.rips : policy.transcodes;
    if (asked && track.stages[stage].verdict == Verdict::kDone) stages.push_back(stage);
  }
  return stages;
}

std::vector<FileName> worth_deleting(const std::vector<FileName>& names, const FileName& library) {
  std::map<FileId, std::uint64_t> known;
  for (const auto& name : names) ++known[id_of(name)];
  std::vector<FileName> worth;
  std::copy_if(names.begin(), names.end(), std::back_inserter(worth),
               [&](const FileName& name) { return id_of(name) != id_of(library) && known[id_of(name)] >= name.links; });
  return worth;
}

std::int64_t freed_by(const std::vector<FileName>& worth) {
  std::map<FileId, std::int64_t> files;
  for (const auto& name : worth) files[id_of(name)] = name.bytes;
  std::int64_t bytes = 0;
  for (const auto& [id, size] : files) bytes += size;
  return bytes;
}

Timestamp clean_before(std::vector<Freeable> all, const CleanupPolicy& policy, Timestamp now) {
  Timestamp before{now.ns - policy.older_than_days * kDayNs};
  if (policy.keep_bytes <= 0) return before;
  std::sort(all.begin(), all.end(), [](const Freeable& a, const Freeable& b) { return b.inserted < a.inserted; });
  std::int64_t kept = 0;
  for (const auto& each : all) {
    kept += each.bytes;
    if (kept > policy.keep_bytes) break;
    before = std::min(before, each.inserted);
  }
  return before;
}

}  // namespace amphi
