#include "views/track_view.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "icons.hpp"
#include "views/disc_view.hpp"
#include "views/edit_view.hpp"
#include "views/stage_view.hpp"
#include "views/stream_view.hpp"

namespace amphi::cmd {

namespace {

using F = Field<TrackRow>;
using R = const TrackRow&;
using A = const Appearance&;

constexpr std::string_view kTypeWords =
    "main_feature|featurettes|deleted_scenes|behind_the_scenes|interviews|scenes|shorts|trailers|episode|audio|play_"
    "all|"
    "duplicate|decoy|other";

std::string resolution_text(const ScannedTrack& track) {
  return track.resolution ? fmt::format("{}x{}", track.resolution->width, track.resolution->height) : std::string();
}

Json path_json(R row, Stage stage) {
  const auto& receipt = row.report->snapshot.stages[stage].receipt;
  return receipt ? or_null(receipt->path) : Json();
}

Json exists(R row, Stage stage) {
  return exists_json(row.report->snapshot.stages[stage].verdict);
}

// The track's name, else what it is called on the disc.
Piece called(R row) {
  if (row.track->edits.track_name) return {*row.track->edits.track_name, Style::kBold};
  const auto& scanned = row.track->scanned;
  const auto angle = scanned.reference.find(".angle");
  const auto which =
      angle == std::string::npos ? "" : " angle " + scanned.reference.substr(angle + std::string_view(".angle").size());
  return {row.track->vanished ? "(no longer on the disc)" : scanned.source_name + which, Style::kDim};
}

// The name, after its episode; a playlist's other angles are called as it is.
Cell name_cell(R row, A) {
  Cell cell;
  const auto name = called(row);
  const auto code = episode_code(row.track->edits);
  if (!code.empty()) cell.pieces.push_back({name.text.empty() ? code : code + " ", Style::kBold});
  cell.pieces.push_back(name);
  return cell;
}

Cell selected_cell(R row, A look) {
  if (row.report->selected) return {look.ascii ? "*" : "✓", Style::kGreen};
  return row.track->wanted() ? Cell() : Cell(look.ascii ? "x" : "×", Style::kDim);
}

Cell preset_cell(R row, A) {
  const auto& snapshot = row.report->snapshot;
  if (!snapshot.preset_trouble.empty()) return {snapshot.preset + " !", Style::kRed};
  return {snapshot.preset, row.track->edits.preset_name ? Style::kPlain : Style::kDim};
}

const TrackEdits& track_edits_of(R row) {
  return row.track->edits;
}

Json classification_json(R row);

const View<Classification>& classification_view() {
  using C = const Classification&;
  static const View<Classification> kView(
      "classification", "what amphi takes a track for, and why",
      {{{"score", "number", "0 to 1: how sure"}, [](C c) { return finite(c.score); }},
       {{"confidence", "high|medium|low", "the score as a word"}, [](C c) { return Json(c.confidence); }},
       {{"reasons", "string[]", "one short clause each"}, [](C c) { return Json(c.reasons); }}});
  return kView;
}
const ViewInfo& classification_info() {
  return classification_view().info();
}
Json classification_json(R row) {
  return json_of(classification_view(), row.track->classification);
}

std::vector<F> identity_fields() {
  return {
      {{"selected", "boolean", "chosen by default by amphi process", "", Column::kShown},
       [](R r) { return Json(r.report->selected); },
       selected_cell},
      {{"track_number", "integer", "number that the ripper uses", "#", Column::kShown, Align::kRight},
       [](R r) { return Json(r.track->scanned.number); }},
      {{"id", "integer", "catalog id", "ID", Column::kAsked, Align::kRight},
       [](R r) { return Json(r.track->id.value); }},
      {{"disc_id", "integer", "catalog id of its disc", "DISC", Column::kAsked, Align::kRight},
       [](R r) { return Json(r.track->disc_id.value); }},
      {{"reference", "string", "what the track really is: dvd:1, mpls:00800, cd:3", "REFERENCE", Column::kAsked},
       [](R r) { return Json(r.track->scanned.reference); }},
      {{"track_name", "string?", "name", "NAME", Column::kShown, Align::kLeft, Fit::kFlexible},
       [](R r) { return or_null(r.track->edits.track_name); },
       name_cell},
      {{"track_type", kTypeWords, "what it is", "TYPE", Column::kShown},
       [](R r) { return Json(to_string(r.track->type())); },
       [](R r, A) {
         return Cell(std::string(to_string(r.track->type())),
                     r.track->type() == TrackType::kMainFeature ? Style::kBold : Style::kPlain);
       }},
  };
}

std::vector<F> content_fields() {
  return {
      {{"duration_seconds", "number", "as the disc declares it", "LENGTH", Column::kShown, Align::kRight},
       [](R r) { return finite(r.track->scanned.duration_seconds); },
       [](R r, A) { return Cell(human_duration(r.track->scanned.duration_seconds)); }},
      {{"size_bytes", "integer?", "on the disc", "SIZE", Column::kShown, Align::kRight, Fit::kDroppable},
       [](R r) { return r.track->scanned.size_bytes > 0 ? Json(r.track->scanned.size_bytes) : Json(); },
       [](R r, A) { return r.track->scanned.size_bytes > 0 ? Cell(human_size(r.track->scanned.size_bytes)) : Cell(); }},
      {{"video_codec", "string?", "codec of the picture as libav names it", "VIDEO", Column::kAsked},
       [](R r) { return or_null(r.track->scanned.video_codec); }},
      {{"resolution", "string?", "pixels as coded, 720x576", "PIXELS", Column::kShown, Align::kRight, Fit::kDroppable},
       [](R r) { return or_null(resolution_text(r.track->scanned)); }},
      {{"chapter_count", "integer", "chapters", "CHAPTERS", Column::kAsked, Align::kRight},
       [](R r) { return Json(r.track->scanned.chapter_count); }},
      {{"segment_map", "string", "what it plays: cells or clips", "SEGMENTS", Column::kAsked, Align::kLeft,
        Fit::kFlexible},
       [](R r) { return Json(r.track->scanned.segment_map); }},
      {{"streams", "", "languages of audio / subtitles", "AUDIO / SUBS", Column::kShown, Align::kLeft, Fit::kDroppable},
       nullptr,
       [](R r, A) { return Cell(stream_summary(r.track->scanned)); }},
      {{"audio_tracks", "object[]", "audio streams", {}, Column::kNone, Align::kLeft, Fit::kWhole, &audio_info},
       [](R r) { return json_array_of(audio_view(), r.track->scanned.audio); }},
      {{"subtitle_tracks",
        "object[]",
        "subtitle streams",
        {},
        Column::kNone,
        Align::kLeft,
        Fit::kWhole,
        &subtitle_info},
       [](R r) { return json_array_of(subtitle_view(), r.track->scanned.subtitles); }},
      {{"classification",
        "object",
        "why it is taken for what it is",
        {},
        Column::kNone,
        Align::kLeft,
        Fit::kWhole,
        &classification_info},
       classification_json},
      {{"preset_name", "string?", "preset given to this track; in the table the one in force", "PRESET", Column::kShown,
        Align::kLeft, Fit::kFlexible},
       [](R r) { return or_null(r.track->edits.preset_name); },
       preset_cell},
      {{"wanted", "boolean", "belongs to what the disc needs", "WANTED", Column::kAsked},
       [](R r) { return Json(r.track->wanted()); }},
  };
}

std::vector<F> state_fields() {
  return {
      {{"ripped_path", "string?", "the rip", "RIPPED", Column::kAsked}, [](R r) { return path_json(r, Stage::kRip); }},
      {{"transcoded_path", "string?", "the transcode", "TRANSCODED", Column::kAsked},
       [](R r) { return path_json(r, Stage::kTranscode); }},
      {{"inserted_path", "string?", "the file in the library", "INSERTED", Column::kAsked},
       [](R r) { return path_json(r, Stage::kInsert); }},
      {{"ripped_exists", "boolean?", "null where it could not be looked at"},
       [](R r) { return exists(r, Stage::kRip); }},
      {{"transcoded_exists", "boolean?", "null where it could not be looked at"},
       [](R r) { return exists(r, Stage::kTranscode); }},
      {{"inserted_exists", "boolean?", "null where it could not be looked at"},
       [](R r) { return exists(r, Stage::kInsert); }},
      {{"stages", "object", "the three stages", "STAGES", Column::kShown, Align::kLeft, Fit::kWhole, &stages_info},
       [](R r) { return stages_json(r.report->snapshot.stages); },
       [](R r, A look) { return stage_icons(verdicts(r), look); }},
      {{"status", kTrackStatusWords, "how far it is", "STATUS", Column::kShown},
       [](R r) { return Json(to_string(r.report->status)); },
       [](R r, A) { return state_cell(std::string(to_string(r.report->status))); }},
      {{"resettable", "boolean", "track reset would clear something", "", Column::kShown},
       [](R r) { return Json(r.report->resettable); },
       [](R r, A look) { return Cell(r.report->resettable ? (look.ascii ? "<" : "↺") : "", Style::kDim); }},
  };
}

}  // namespace

std::vector<TrackRow> track_rows(const DiscReport& report) {
  std::vector<TrackRow> out;
  out.reserve(report.tracks.size());
  for (std::size_t i = 0; i < report.record.tracks.size() && i < report.tracks.size(); ++i) {
    out.push_back({&report.record.tracks[i], &report.tracks[i]});
  }
  return out;
}

PerStage<Verdict> verdicts(const TrackRow& row) {
  PerStage<Verdict> out;
  for (const auto stage : kStages) out[stage] = row.report->snapshot.stages[stage].verdict;
  return out;
}

const View<TrackRow>& track_view() {
  static const View<TrackRow> kView("track", "one playable unit of a disc", [] {
    auto fields = identity_fields();
    append_fields(fields, edit_columns<track_edits_of, TrackEdits, TrackRow>());
    append_fields(fields, content_fields());
    append_fields(fields, state_fields());
    return fields;
  }());
  return kView;
}

const ViewInfo& track_info() {
  return track_view().info();
}

}  // namespace amphi::cmd
