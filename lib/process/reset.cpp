// `track reset` and `disc forget`: back to `discovered`. From the last stage to the first, so that a crash in the
// middle leaves a track that is merely less far.
#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/library.hpp"
#include "amphi/process.hpp"
#include "base/log.hpp"
#include "process/deletion.hpp"
#include "process/locks.hpp"
#include "process/settle.hpp"
#include "step/leftovers.hpp"
#include "step/receipts.hpp"

namespace amphi {
namespace {

const PerStage<std::optional<StoredArtifact>>& artifacts_of(const DiscRecord& record, TrackId track) {
  for (std::size_t index = 0; index < record.tracks.size(); ++index)
    if (record.tracks[index].id == track) return record.artifacts[index];
  throw Error(ErrorKind::kNotFound, fmt::format("there is no track {}", track.value));
}

// From the end: insert, transcode, rip.
std::vector<Artifact> artifacts_from(Catalog& catalog, TrackId track, Stage from) {
  const auto record = catalog.load_disc(catalog.disc_of(track));
  const auto& stored = artifacts_of(record, track);
  std::vector<Artifact> artifacts;
  for (auto stage = kStages.rbegin(); stage != kStages.rend(); ++stage)
    if (*stage >= from && stored[*stage]) artifacts.push_back(stored[*stage]->artifact);
  return artifacts;
}

// Sectors of a rip that was begun and never became an artifact: nothing is recorded of them, their name tells.
void remove_begun_rip(Catalog& catalog, const Config& config, Folders& folders, TrackId id) {
  if (!folders.look(config.ripped.path).readable || folders.look(config.ripped.path).marker.empty()) return;
  const auto record = catalog.load_disc(catalog.disc_of(id));
  const auto marked = folders.open_known(config.ripped.path);
  for (const auto& track : record.tracks) {
    if (track.id != id) continue;
    const auto name = artifact_path(record.disc, track, extension_of(record.disc.kind, Stage::kRip, ""));
    if (remove_tree(marked.root, folder_of(name) + "/" + scratch_name(base_of(name))))
      remove_empty_parents(marked.root, name);
  }
}

// A deletion ends by itself once what it was to delete is recorded no more.
bool is_to_be_forgotten(const Intent& intent, Stage from) {
  return intent.stage >= from && (intent.kind != IntentKind::kDelete || !can_be_read(intent));
}

// What cannot be read, or lies in a folder that is away: where that does not come back, nothing else could ever end it.
void forget_left(Catalog& catalog, const OpenIntents& open, Stage from) {
  for (const auto& [intent, settlement] : open.left) {
    if (!is_to_be_forgotten(intent, from)) continue;
    catalog.drop_intent(intent.id);
    log_warning(fmt::format("given up, and what it left stays: {}", settlement.text));
  }
}

void append(ResetAnswer& all, ResetAnswer more) {
  std::move(more.deleted.begin(), more.deleted.end(), std::back_inserter(all.deleted));
  std::move(more.cleared.begin(), more.cleared.end(), std::back_inserter(all.cleared));
  std::move(more.left.begin(), more.left.end(), std::back_inserter(all.left));
}

}  // namespace

ResetAnswer preview_reset(Catalog& catalog, const Config& config, TrackId track, const ResetOptions& options) {
  Folders folders(catalog, config);
  ResetAnswer answer;
  for (const auto& artifact : artifacts_from(catalog, track, options.from)) {
    if (options.keep_files || artifact.removed)
      answer.cleared.push_back(artifact.receipt.path);
    else
      preview_deletion(folders, artifact, answer);
  }
  return answer;
}

ResetAnswer reset_track(Catalog& catalog, const Config& config, TrackId track, const ResetOptions& options) {
  const auto lock = demand_track_lock(catalog, track);
  Folders folders(catalog, config);
  const auto open = demand_settled(catalog, folders, track);
  ResetAnswer answer;
  for (const auto& artifact : artifacts_from(catalog, track, options.from)) {
    const bool keep = options.keep_files || artifact.removed;
    delete_artifact(catalog, folders, artifact, keep ? Files::kKeep : Files::kDelete, Record::kForget, answer);
  }
  forget_left(catalog, open, options.from);
  if (options.from == Stage::kRip && !options.keep_files) remove_begun_rip(catalog, config, folders, track);
  return answer;
}

MergeResult merge_discs(Catalog& catalog, DiscId disc, DiscId other, Catalog::Merging merging) {
  std::vector<Lock> locks;
  for (const auto id : {disc, other}) {
    for (const auto& track : catalog.load_disc(id, Catalog::Detail::kListing).tracks)
      locks.push_back(demand_track_lock(catalog, track.id));
  }
  return catalog.merge_discs(disc, other, merging);
}

ResetAnswer forget_disc(Catalog& catalog, const Config& config, DiscId disc, bool delete_files) {
  ResetAnswer answer;
  const auto record = catalog.load_disc(disc);
  if (delete_files)
    for (const auto& track : record.tracks) append(answer, reset_track(catalog, config, track.id, ResetOptions{}));
  if (!answer.left.empty()) return answer;  // a file that stays keeps its record, and the record its disc
  std::vector<Lock> locks;
  for (const auto& track : record.tracks) locks.push_back(demand_track_lock(catalog, track.id));
  catalog.forget_disc(disc);
  return answer;
}

}  // namespace amphi
