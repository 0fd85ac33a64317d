#include "process/survey.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/verify.hpp"
#include "base/clock.hpp"
#include "base/digest.hpp"
#include "process/circumstance.hpp"
#include "process/locks.hpp"
#include "step/leftovers.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kLookedLatelyNs = 600'000'000'000;
constexpr std::size_t kLooksAtOnce = 2000;

bool same_look(const StoredArtifact& stored, const Observation& seen, Verdict verdict) {
  return stored.seen && stored.verdict == verdict && stored.seen->presence == seen.presence &&
         stored.seen->size_bytes == seen.size_bytes && stored.seen->mtime_ns == seen.mtime_ns &&
         seen.checked_at.ns - stored.seen->checked_at.ns < kLookedLatelyNs;
}

std::optional<std::string> digest_of(const std::string& path) {
  try {
    return sha256_of_file(path);
  } catch (const Error&) {
    return std::nullopt;  // unreadable just now: the other criteria decide
  }
}

// "" for a file that lies beneath no folder of amphi's.
std::string recorded_root(Survey& survey, const Receipt& receipt) {
  return receipt.root.empty() ? survey.folders.root_of(receipt.path) : receipt.root;
}

void look_at(Survey& survey, const StoredArtifact& stored, StageSnapshot& snapshot) {
  const auto& receipt = stored.artifact.receipt;
  const auto root = recorded_root(survey, receipt);
  const bool readable = root.empty() || survey.folders.look(root).readable;
  if (readable) {
    snapshot.seen = observe(receipt.path, system_now());
  } else {
    snapshot.seen = Observation{};
    snapshot.seen->presence = Observation::Presence::kUnreadable;
    snapshot.seen->trouble = survey.folders.look(root).trouble;
    snapshot.seen->checked_at = system_now();
  }
  snapshot.verdict = verdict(stored.artifact, snapshot.seen, readable, [&] { return digest_of(receipt.path); });
}

void judge_recorded(Survey& survey, const Track& track, Stage stage, const StoredArtifact& stored,
                    StageSnapshot& snapshot) {
  snapshot.receipt = stored.artifact.receipt;
  if (survey.look == Look::kDisk) {
    look_at(survey, stored, snapshot);
    if (!same_look(stored, *snapshot.seen, snapshot.verdict))
      survey.looks.push_back({track.id, stage, *snapshot.seen, snapshot.verdict});
    return;
  }
  snapshot.seen = stored.seen;
  // Never looked at since it was made: the receipt is the last that was seen of it.
  const auto unseen = stored.artifact.removed      ? Verdict::kRemoved
                      : stored.artifact.unverified ? Verdict::kUnverified
                                                   : Verdict::kDone;
  snapshot.verdict = stored.verdict.value_or(unseen);
}

bool flagged(const Disc& disc, Stage stage, const Receipt& receipt) {
  if (!disc.reprocessing || disc.reprocessing->type == ReprocessingType::kMissingTracks) return false;
  const auto from = disc.reprocessing->type == ReprocessingType::kReRip ? Stage::kRip : Stage::kTranscode;
  return stage >= from && receipt.created_at < disc.reprocessing->since;
}

struct Place {
  std::string root, relative, waiting;
};

Place place_in_library(const Config& config, const Disc& disc, const Track& track, std::string_view extension) {
  const auto place = library_place(config.library, disc, track, extension);
  if (!place.missing_key.empty()) return {"", "", fmt::format("{} is not set in the configuration", place.missing_key)};
  if (!place.missing_fact.empty())
    return {"", "", fmt::format("the {} is not known yet: amphi disc edit, amphi track edit", place.missing_fact)};
  return {place.root, place.relative, ""};
}

Place place_now(const Survey& survey, const Disc& disc, const Track& track, Stage stage) {
  const auto extension = extension_of(disc.kind, stage, survey.presets.in_force(disc.kind, track));
  if (stage == Stage::kInsert) return place_in_library(survey.config, disc, track, extension);
  const auto& folder = stage == Stage::kRip ? survey.config.ripped : survey.config.transcoded;
  return {folder.path, artifact_path(disc, track, extension), ""};
}

// What stands keeps its name, whatever the titles are now; only what is made anew goes where names say today.
bool keeps_its_place(const StageSnapshot& snapshot) {
  return snapshot.receipt && snapshot.verdict != Verdict::kMissing && snapshot.verdict != Verdict::kRemoved;
}

void place_output(Survey& survey, const Disc& disc, const Track& track, Stage stage, StageSnapshot& snapshot) {
  // As last seen nothing is made: only what the titles say of the library file, and whether it waits, is told.
  if (survey.look == Look::kStored && stage != Stage::kInsert) return;
  auto place = place_now(survey, disc, track, stage);
  if (snapshot.receipt && stage == Stage::kInsert && !place.root.empty() && keeps_its_place(snapshot))
    snapshot.misplaced = place.root + "/" + place.relative != snapshot.receipt->path;
  if (keeps_its_place(snapshot))
    if (const auto root = recorded_root(survey, *snapshot.receipt); !root.empty())
      place = {root, relative_to(root, snapshot.receipt->path).value_or(place.relative), ""};
  snapshot.output_root = place.root;
  snapshot.output_relative = place.relative;
  snapshot.waiting = place.waiting;
  if (survey.look == Look::kDisk && snapshot.waiting.empty())
    snapshot.waiting = survey.folders.look(place.root).trouble;
  if (!snapshot.waiting.empty() && place.relative.empty()) snapshot.output_root.clear();
}

StageSnapshot snapshot_stage(Survey& survey, const DiscRecord& record, std::size_t index, Stage stage) {
  const auto& track = record.tracks[index];
  const auto& stored = record.artifacts[index][stage];
  StageSnapshot snapshot;
  if (stored) {
    judge_recorded(survey, track, stage, *stored, snapshot);
    snapshot.stale = flagged(record.disc, stage, stored->artifact.receipt);
  }
  place_output(survey, record.disc, track, stage, snapshot);
  return snapshot;
}

// A file where this stage would write, which no track of any disc is known to have made.
void find_foreign(Survey& survey, const std::set<std::string>& recorded, StageSnapshot& snapshot) {
  const bool made_here = snapshot.verdict != Verdict::kPending && snapshot.verdict != Verdict::kMissing;
  if (made_here || !snapshot.waiting.empty() || snapshot.output_relative.empty()) return;
  const auto path = snapshot.output_root + "/" + snapshot.output_relative;
  if (snapshot.receipt && snapshot.receipt->path == path) return;
  if (recorded.contains(path) || !survey.folders.look(snapshot.output_root).readable) return;
  snapshot.foreign_file = observe(path, system_now()).presence == Observation::Presence::kThere;
}

std::string holder_of(Survey& survey, const HeldLocks& held, TrackId track) {
  if (survey.own.contains(track) || !held.track(track)) return "";
  for (const auto& intent : survey.catalog.intents())
    if (intent.track_id == track && !intent.held_by.empty()) return intent.held_by;
  return "another amphi";
}

bool to_be_transcoded(const TrackSnapshot& track) {
  const auto& transcode = track.stages[Stage::kTranscode];
  return track.preset != kCopyPreset && (transcode.verdict != Verdict::kDone || transcode.stale);
}

double ratio_of(Survey& survey, const std::string& preset) {
  const auto known = survey.ratios.find(preset);
  if (known != survey.ratios.end()) return known->second;
  return survey.ratios[preset] = survey.catalog.size_ratio_of(preset).value_or(1);
}

// Sectors of an interrupted rip.
std::int64_t begun_bytes(const StageSnapshot& rip) {
  const auto folder = folder_of(rip.output_relative);
  const auto name = scratch_name(base_of(rip.output_relative));
  return bytes_of(fmt::format("{}/{}{}{}", rip.output_root, folder, folder.empty() ? "" : "/", name));
}

// The artifact that a stage would read, as it stands.
const StageSnapshot* input_of(const TrackSnapshot& track, Stage stage) {
  const auto before = stage == Stage::kInsert && track.preset != kCopyPreset ? Stage::kTranscode : Stage::kRip;
  const auto& input = track.stages[before];
  return input.receipt && input.verdict == Verdict::kDone ? &input : nullptr;
}

void estimate_space(Survey& survey, const Track& track, Stage stage, TrackSnapshot& snapshot) {
  auto& output = snapshot.stages[stage];
  const auto* input = stage == Stage::kRip ? nullptr : input_of(snapshot, stage);
  if (output.output_root.empty() || (stage != Stage::kRip && !input)) return;
  const auto& folder = survey.folders.look(output.output_root);
  SpaceFacts facts;
  facts.stage = stage;
  facts.copies_sectors = snapshot.ripper->copies_sectors;
  facts.source_bytes = input ? input->receipt->size_bytes : track.scanned.size_bytes;
  if (stage == Stage::kTranscode) facts.ratio = ratio_of(survey, snapshot.preset);
  facts.can_link = input && folder.device != 0 && survey.folders.look(input->receipt->root).device == folder.device;
  output.needed_bytes = estimate_bytes(facts);
  if (stage == Stage::kRip) output.begun_bytes = begun_bytes(output);
  output.free_bytes = folder.free_bytes;
}

void look_ahead(Survey& survey, const DiscRecord& record, const Track& track, const std::set<std::string>& recorded,
                TrackSnapshot& snapshot) {
  if (to_be_transcoded(snapshot))
    snapshot.preset_trouble = survey.presets.trouble_with(*snapshot.encoder, snapshot.preset);
  const auto found = survey.sources.find(record.disc);
  snapshot.source = found.source ? found.source->path : "";
  snapshot.source_trouble = found.trouble;
  for (const auto stage : kStages) {
    snapshot.failures[stage] = survey.catalog.failures(track.id, stage);
    if (!snapshot.failures[stage].empty())
      snapshot.circumstances[stage] = circumstances(survey.config, snapshot, stage);
    find_foreign(survey, recorded, snapshot.stages[stage]);
    estimate_space(survey, track, stage, snapshot);
  }
}

TrackSnapshot snapshot_track(Survey& survey, const HeldLocks& held, const DiscRecord& record, std::size_t index) {
  const auto& track = record.tracks[index];
  TrackSnapshot snapshot;
  snapshot.disc_id = record.disc.id;
  snapshot.disc_name = display_title(record.disc);
  snapshot.fingerprint = record.disc.fingerprint;
  snapshot.id = track.id;
  snapshot.number = track.scanned.number;
  snapshot.reference = track.scanned.reference;
  snapshot.wanted = track.wanted();
  snapshot.vanished = track.vanished;
  for (const auto stage : kStages) snapshot.stages[stage] = snapshot_stage(survey, record, index, stage);
  snapshot.ripper = &ripper_for(survey.config.rip_engine, record.disc.kind, record.disc.encrypted);
  snapshot.preset = survey.presets.in_force(record.disc.kind, track);
  snapshot.encoder = &encoder_for(survey.config.transcode, record.disc.kind, snapshot.preset);
  snapshot.held_by = holder_of(survey, held, track.id);
  return snapshot;
}

}  // namespace

std::vector<Catalog::TakenPath> library_files_at(Catalog& catalog, const std::vector<TrackSnapshot>& tracks) {
  std::vector<std::string> paths;
  for (const auto& track : tracks) {
    const auto& insert = track.stages[Stage::kInsert];
    if (!insert.output_relative.empty()) paths.push_back(insert.output_root + "/" + insert.output_relative);
  }
  return catalog.inserted_at(paths);
}

void save_looks(Survey& survey) {
  const auto looks = std::exchange(survey.looks, {});
  if (!survey.store || looks.empty()) return;
  try {
    survey.catalog.store_observations(looks);
  } catch (const Error& error) {
    // A look may come through a catalog that cannot be written, or is being written; the answer stands all the same.
    if (error.kind() != ErrorKind::kCatalog && error.kind() != ErrorKind::kBusy) throw;
    survey.store = false;
  }
}

std::vector<TrackSnapshot> snapshot_tracks(Survey& survey, const DiscRecord& record) {
  const HeldLocks held(survey.catalog);
  std::vector<TrackSnapshot> snapshots;
  snapshots.reserve(record.tracks.size());
  for (std::size_t index = 0; index < record.tracks.size(); ++index)
    snapshots.push_back(snapshot_track(survey, held, record, index));
  if (survey.looks.size() >= kLooksAtOnce) save_looks(survey);
  if (survey.depth != Survey::Depth::kPlan) return snapshots;
  std::set<std::string> recorded;
  for (const auto& taken : library_files_at(survey.catalog, snapshots)) recorded.insert(taken.path);
  for (std::size_t index = 0; index < record.tracks.size(); ++index)
    look_ahead(survey, record, record.tracks[index], recorded, snapshots[index]);
  return snapshots;
}

}  // namespace amphi
