#include "views/verify_view.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "icons.hpp"
#include "views/stage_view.hpp"

namespace amphi::cmd {

namespace {

using R = const VerifyRow&;
using A = const Appearance&;

Json path_json(R row, Stage stage) {
  return or_null(row.path(stage));
}
Json exists(R row, Stage stage) {
  return exists_json(row.verdict(stage));
}

Cell icons(R row, A look) {
  PerStage<Verdict> verdicts;
  for (const auto stage : kStages) verdicts[stage] = row.verdict(stage);
  return stage_icons(verdicts, look);
}

// "rip done, transcode missing: /srv/...": in words what the icons say.
Cell words(R row, A) {
  std::vector<std::string> parts;
  for (const auto stage : kStages) {
    if (row.only && *row.only != stage) continue;
    const auto& answer = row.answer->stages[stage];
    auto text = fmt::format("{} {}", to_string(stage), to_string(answer.verdict));
    if (!answer.detail.empty()) text += fmt::format(" ({})", answer.detail);
    parts.push_back(std::move(text));
  }
  return {join(parts, ", ")};
}

std::vector<Field<VerifyRow>> verify_fields() {
  return {
      {{"track_id", "integer", "catalog id of the track", "TRACK", Column::kShown, Align::kRight},
       [](R r) { return Json(r.answer->track.value); }},
      {{"name", "", "its disc", "DISC", Column::kShown, Align::kLeft, Fit::kFlexible},
       nullptr,
       [](R r, A) { return Cell(r.snapshot->disc_name); }},
      {{"number", "", "its number on the disc", "#", Column::kShown, Align::kRight},
       nullptr,
       [](R r, A) { return Cell(std::to_string(r.snapshot->number)); }},
      {{"ripped_exists", "boolean?", "null where it could not be looked at"},
       [](R r) { return exists(r, Stage::kRip); }},
      {{"ripped_path", "string?", "the rip", "RIPPED", Column::kAsked}, [](R r) { return path_json(r, Stage::kRip); }},
      {{"transcoded_exists", "boolean?", "null where it could not be looked at"},
       [](R r) { return exists(r, Stage::kTranscode); }},
      {{"transcoded_path", "string?", "the transcode", "TRANSCODED", Column::kAsked},
       [](R r) { return path_json(r, Stage::kTranscode); }},
      {{"inserted_exists", "boolean?", "null where it could not be looked at"},
       [](R r) { return exists(r, Stage::kInsert); }},
      {{"inserted_path", "string?", "the file in the library", "INSERTED", Column::kAsked},
       [](R r) { return path_json(r, Stage::kInsert); }},
      {{"stages", "object", "the three stages", "STAGES", Column::kShown, Align::kLeft, Fit::kWhole, &stages_info},
       [](R r) { return stages_json(r.snapshot->stages, &r.answer->stages, r.only); },
       icons},
      {{"verdicts", "", "the same in words", "VERDICTS", Column::kShown}, nullptr, words},
  };
}

const View<std::pair<std::string, std::string>>& left_view() {
  using P = const std::pair<std::string, std::string>&;
  static const View<std::pair<std::string, std::string>> kView(
      "left", "a file that could not be deleted; its record stays",
      {{{"path", "string", "the file", "PATH", Column::kShown}, [](P p) { return Json(p.first); }},
       {{"reason", "string", "why", "REASON", Column::kShown}, [](P p) { return Json(p.second); }}});
  return kView;
}

}  // namespace

Verdict VerifyRow::verdict(Stage stage) const {
  return only && *only != stage ? snapshot->stages[stage].verdict : answer->stages[stage].verdict;
}

std::string VerifyRow::path(Stage stage) const {
  const auto& receipt = snapshot->stages[stage].receipt;
  if (!answer->stages[stage].path.empty()) return answer->stages[stage].path;
  return receipt ? receipt->path : std::string();
}

const View<VerifyRow>& verify_view() {
  static const View<VerifyRow> kView("verified_track", "verdict per stage of a track", verify_fields());
  return kView;
}

const Document& verify_document() {
  static const Document kDocument{
      "amphi.track.verify/1",
      "receipts against files",
      {{"tracks", "object[]", "in the order asked for", []() -> const ViewInfo& { return verify_view().info(); }}},
      "tracks"};
  return kDocument;
}

const ViewInfo& left_info() {
  return left_view().info();
}
Json left_json(const ResetAnswer& answer) {
  return json_array_of(left_view(), answer.left);
}

const View<ResetRow>& reset_view() {
  using Row = const ResetRow&;
  static const View<ResetRow> kView(
      "reset_track", "what resetting a track did",
      {{{"track_id", "integer", "catalog id of the track"}, [](Row r) { return Json(r.track.value); }},
       {{"deleted", "string[]", "files that are gone now"}, [](Row r) { return Json(r.answer.deleted); }},
       {{"cleared", "string[]", "records cleared that had no file to delete"},
        [](Row r) { return Json(r.answer.cleared); }},
       {{"left",
         "object[]",
         "files that could not be deleted",
         {},
         Column::kNone,
         Align::kLeft,
         Fit::kWhole,
         &left_info},
        [](Row r) { return left_json(r.answer); }}});
  return kView;
}

const Document& reset_document() {
  static const Document kDocument{
      "amphi.track.reset/1",
      "what was deleted and cleared",
      {{"dry_run", "boolean", "nothing was changed: what would be done"},
       {"tracks", "object[]", "one for each track", []() -> const ViewInfo& { return reset_view().info(); }}},
      "tracks"};
  return kDocument;
}

}  // namespace amphi::cmd
