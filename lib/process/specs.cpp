#include "process/specs.hpp"

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/library.hpp"
#include "amphi/tool.hpp"
#include "base/root.hpp"
#include "process/state_folder.hpp"
#include "process/tags.hpp"
#include "step/expectation.hpp"

namespace amphi {
namespace {

const Track& track_of(const DiscRecord& record, TrackId id) {
  for (const auto& track : record.tracks)
    if (track.id == id) return track;
  throw Error(ErrorKind::kUnexpected, fmt::format("track {} is not among those of its disc", id.value));
}

std::string beside(const std::string& relative, const std::string& name) {
  const auto folder = folder_of(relative);
  return folder.empty() ? name : folder + "/" + name;
}

// Only then has it a scratch file to continue with.
bool copies_sectors(const TrackSnapshot& track, const PlannedStep& step) {
  return step.stage == Stage::kRip && step.action == Action::kMake && track.ripper->copies_sectors;
}

StepOutput output_of(const Config& config, const StageSnapshot& stage, const PlannedStep& step, bool continues,
                     const std::string& marker) {
  StepOutput output;
  output.root = stage.output_root;
  output.marker = marker;
  const auto relative = relative_to(stage.output_root, step.output);
  if (!relative || relative->empty())
    throw Error(ErrorKind::kUnavailable, fmt::format("{} lies beneath no configured folder", step.output),
                "amphi track adopt takes it over where it is");
  output.relative = *relative;
  output.temporary = beside(output.relative, temporary_name(base_of(output.relative)));
  if (continues) output.scratch = beside(output.relative, scratch_name(base_of(output.relative)));
  if (step.replaces) output.replaces = stage.receipt;
  if (step.stage == Stage::kInsert && config.library) {
    output.mode = config.library->mode;
    output.group = config.library->group;
  }
  return output;
}

// The receipt of what the step reads: recorded for an earlier stage of the same track under that path.
std::optional<Receipt> input_receipt_of(const TrackSnapshot& track, const PlannedStep& step) {
  for (const auto stage : kStages)
    if (stage < step.stage && track.stages[stage].receipt && track.stages[stage].receipt->path == step.input)
      return track.stages[stage].receipt;
  return std::nullopt;
}

const std::optional<Receipt>& measured(const TrackSnapshot& track, Stage stage) {
  const auto& transcode = track.stages[Stage::kTranscode].receipt;
  return stage == Stage::kInsert && transcode ? transcode : track.stages[Stage::kRip].receipt;
}

Expectation expectation_of(const TrackSnapshot& snapshot, DiscKind kind, const Track& track, const StepSpec& spec) {
  if (kind == DiscKind::kCd) return expect_cd(track.scanned);
  if (spec.stage == Stage::kRip && spec.action == Action::kMake)
    return expect_rip(track.scanned, snapshot.ripper->streams);
  if (spec.stage == Stage::kRip) return expect_rip(track.scanned);
  if (spec.input_receipt) return expect_same(spec.input_receipt->media, spec.stage);
  if (const auto& receipt = measured(snapshot, spec.stage)) return expect_same(receipt->media, Stage::kTranscode);
  return expect_rip(track.scanned);  // adopting where nothing was measured: what the disc declares
}

}  // namespace

const std::string& output_root_of(const Planned& planned, const PlannedStep& step) {
  return planned.snapshots.at(step.track_id).stages[step.stage].output_root;
}

StepSpec make_spec(Survey& survey, const Planned& planned, const PlannedStep& step, const std::string& marker) {
  const auto& snapshot = planned.snapshots.at(step.track_id);
  const auto& record = planned.records.at(step.disc_id);
  const auto& track = track_of(record, step.track_id);
  StepSpec spec;
  spec.id = step.id;
  spec.stage = step.stage;
  spec.action = step.action;
  spec.fingerprint = record.disc.fingerprint;
  spec.reference = track.scanned.reference;
  spec.disc_label = record.disc.volume_label;
  spec.disc_kind = to_string(record.disc.kind);
  spec.track_number = track.scanned.number;
  spec.tool = step.tool->name;
  spec.preset = snapshot.preset;
  spec.preset_files = survey.config.transcode.preset_files;
  spec.tool_arguments = survey.presets.arguments(*snapshot.encoder, snapshot.preset);
  spec.min_length = survey.config.min_length;
  if (step.stage == Stage::kRip) spec.source = survey.sources.find(record.disc).source;
  spec.input = step.input;
  spec.input_receipt = input_receipt_of(snapshot, step);
  spec.output = output_of(survey.config, snapshot.stages[step.stage], step, copies_sectors(snapshot, step), marker);
  spec.track = track.scanned;
  spec.tags = tags_of(record.disc, track);
  spec.log_path = log_path_of(survey.catalog, step.id);
  spec.watchdog_seconds = watchdog_of(survey.config, step.tool->name);
  spec.expected = expectation_of(snapshot, record.disc.kind, track, spec);
  return spec;
}

}  // namespace amphi
