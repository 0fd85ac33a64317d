#include "catalog/ancestor_tracks.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "catalog/ancestor_edits.hpp"

namespace amphi {
namespace {

void set_preset(const RowReader& row, const AncestorPresets& presets, AncestorTrack& track) {
  const auto id = row.whole("preset_id", 0, INT64_MAX);
  if (id && !track.edits.preset_name) {
    const auto found = presets.find(*id);
    if (found != presets.end())
      track.edits.preset_name = found->second;
    else
      row.complain("preset_id", fmt::format("is no preset: {}", *id));
  }
  if (track.edits.preset_name) track.preset = track.edits.preset_name->value_or("");
}

std::optional<std::string> path_in(const RowReader& row, const char* column) {
  auto path = row.text(column);
  if (!path || path->starts_with('/')) return path;
  row.refuse(column, "is no absolute path", *path);
  return std::nullopt;
}

Classification classification_of(const TrackFacts& facts) {
  Classification found;
  found.type = facts.type.value_or(TrackType::kOther);
  found.score = facts.score.value_or(0);
  found.confidence = facts.confidence.value_or("low");
  found.reasons.push_back(facts.type ? fmt::format("amphigory took it for {}", to_string(*facts.type))
                                     : "amphigory did not say what it is");
  return found;
}

ScannedTrack scanned_of(const TrackFacts& facts) {
  ScannedTrack track;
  track.duration_seconds = facts.duration_seconds.value_or(0);
  track.size_bytes = facts.size_bytes.value_or(0);
  track.resolution = facts.resolution;
  track.chapter_count = static_cast<int>(facts.chapter_count.value_or(0));
  track.segment_map = facts.segment_map.value_or("");
  track.source_name = facts.name_of_ripper.value_or("");
  track.audio = facts.audio.value_or(std::vector<AudioStream>());
  track.subtitles = facts.subtitles.value_or(std::vector<SubtitleStream>());
  return track;
}

AncestorTrack make_track(const TrackFacts& facts) {
  AncestorTrack track;
  track.scanned = scanned_of(facts);
  track.classification = classification_of(facts);
  return track;
}

// `scan`: what the disc's scan says of the same title. A row that nobody touched says what the scan guessed.
AncestorTrack make_track(const ForeignRow& foreign, TrackFacts facts, const TrackFacts* scan,
                         const AncestorPresets& presets, BadRows& bad) {
  const RowReader row(foreign, bad);
  const auto said = facts.type;
  if (scan) fill_in(facts, *scan);
  if (scan && scan->type) facts.type = scan->type;
  auto track = make_track(facts);
  track.row = foreign;
  track.recorded_at = row.time("created_at").value_or(Timestamp{1});
  track.edits = track_edits_in(row);
  if (said && (is_touched(row) || !scan || scan->type != said)) track.edits.track_type = *said;
  set_preset(row, presets, track);
  track.paths[Stage::kRip] = path_in(row, "ripped_path");
  track.paths[Stage::kTranscode] = path_in(row, "transcoded_path");
  track.paths[Stage::kInsert] = path_in(row, "inserted_path");
  return track;
}

// A row without a number has the one in its file's name, where no other row has it.
std::vector<TrackFacts> facts_of_rows(const std::vector<const ForeignRow*>& rows, BadRows& bad) {
  std::vector<TrackFacts> all;
  std::set<std::int64_t> taken;
  for (const ForeignRow* row : rows) {
    all.push_back(facts_of_row(RowReader(*row, bad)));
    if (all.back().number) taken.insert(*all.back().number);
  }
  for (auto& facts : all)
    if (!facts.number && facts.number_in_name && taken.insert(*facts.number_in_name).second)
      facts.number = facts.number_in_name;
  return all;
}

// Each of the scan's is given out once.
const TrackFacts* find_scanned(const std::vector<TrackFacts>& scanned, const TrackFacts& facts,
                               std::vector<bool>& given) {
  if (!facts.number) return nullptr;
  for (std::size_t i = 0; i < scanned.size(); ++i) {
    if (given[i] || scanned[i].number != facts.number) continue;
    given[i] = true;
    return &scanned[i];
  }
  return nullptr;
}

// Where nothing tells it, the next after all that are known.
void number_all(const ForeignRow& disc, const std::vector<std::optional<std::int64_t>>& numbers,
                std::vector<AncestorTrack>& tracks, BadRows& bad) {
  std::int64_t last = -1;
  for (const auto& number : numbers) last = std::max(last, number.value_or(-1));
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    tracks[i].scanned.number = static_cast<int>(numbers[i] ? *numbers[i] : ++last);
    if (numbers[i]) continue;
    bad.add(tracks[i].row ? *tracks[i].row : disc, tracks[i].row ? "track_number" : "scan_data.tracks",
            fmt::format("is not told of a track, which is {} here", last));
  }
}

// Steps and files are named by it, so two of one number differ.
void refer_to_all(std::vector<AncestorTrack>& tracks) {
  std::map<int, int> seen;
  for (auto& track : tracks) {
    const int times = ++seen[track.scanned.number];
    track.scanned.reference = fmt::format("title:{}", track.scanned.number);
    if (times > 1) track.scanned.reference += fmt::format(".{}", times);
  }
}

}  // namespace

std::vector<AncestorTrack> ancestor_tracks(const ForeignRow& disc, const std::vector<const ForeignRow*>& rows,
                                           const std::vector<TrackFacts>& scanned, const AncestorPresets& presets,
                                           BadRows& bad) {
  std::vector<AncestorTrack> tracks;
  std::vector<std::optional<std::int64_t>> numbers;
  std::vector<bool> in_rows(scanned.size());
  const auto facts = facts_of_rows(rows, bad);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    tracks.push_back(make_track(*rows[i], facts[i], find_scanned(scanned, facts[i], in_rows), presets, bad));
    numbers.push_back(facts[i].number);
  }
  for (std::size_t i = 0; i < scanned.size(); ++i) {
    if (in_rows[i]) continue;
    tracks.push_back(make_track(scanned[i]));
    numbers.push_back(scanned[i].number);
  }
  number_all(disc, numbers, tracks, bad);
  refer_to_all(tracks);
  return tracks;
}

}  // namespace amphi
