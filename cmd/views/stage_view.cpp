#include "views/stage_view.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"

namespace amphi::cmd {

namespace {

using R = const StageRow&;
using A = const Appearance&;

const Receipt* receipt(R row) {
  return row.snapshot->receipt ? &*row.snapshot->receipt : nullptr;
}

Style style_of(Verdict verdict) {
  if (verdict == Verdict::kDone) return Style::kGreen;
  if (verdict == Verdict::kMissing) return Style::kRed;
  return verdict == Verdict::kPending || verdict == Verdict::kRemoved ? Style::kDim : Style::kYellow;
}

Json receipt_text(R row, std::string Receipt::*member) {
  return receipt(row) != nullptr ? or_null(receipt(row)->*member) : Json();
}

Json size_json(R row) {
  if (row.snapshot->seen && row.snapshot->seen->presence == Observation::Presence::kThere) {
    return row.snapshot->seen->size_bytes;
  }
  return receipt(row) != nullptr ? Json(receipt(row)->size_bytes) : Json();
}

Json detail_json(R row) {
  if (row.answer != nullptr && !row.answer->detail.empty()) return row.answer->detail;
  if (row.snapshot->seen && !row.snapshot->seen->trouble.empty()) return row.snapshot->seen->trouble;
  return or_null(row.snapshot->waiting);
}

std::vector<Field<StageRow>> looked_at_fields() {
  return {
      {{"stage", "rip|transcode|insert", "the stage", "STAGE", Column::kShown},
       [](R r) { return Json(to_string(r.stage)); }},
      {{"state", kVerdictWords, "receipt against what was last seen", "STATE", Column::kShown},
       [](R r) { return Json(to_string(r.verdict())); },
       [](R r, A) { return Cell(std::string(to_string(r.verdict())), style_of(r.verdict())); }},
      {{"path", "string?", "the artifact", "PATH", Column::kShown, Align::kLeft, Fit::kFlexible},
       [](R r) { return or_null(r.path()); }},
      {{"size_bytes", "integer?", "its size", "SIZE", Column::kShown, Align::kRight},
       size_json,
       [](R r, A) {
         const auto size = size_json(r);
         return size.is_null() ? Cell() : Cell(human_size(size.get<std::int64_t>()));
       }},
      {{"checked_at", "time?", "last look at the file", "CHECKED", Column::kAsked},
       [](R r) { return r.snapshot->seen ? Json(to_rfc3339(r.snapshot->seen->checked_at)) : Json(); }},
      {{"detail", "string?", "what there is to say about the state", "DETAIL", Column::kShown, Align::kLeft,
        Fit::kFlexible},
       detail_json},
  };
}

std::vector<Field<StageRow>> receipt_fields() {
  return {
      {{"duration_seconds", "number?", "measured when it was made"},
       [](R r) { return receipt(r) != nullptr ? finite(receipt(r)->media.duration_seconds) : Json(); }},
      {{"sha256", "string?", "digest, where one was taken"},
       [](R r) { return receipt(r) != nullptr ? or_null(receipt(r)->sha256) : Json(); }},
      {{"tool", "string?", "what made it", "TOOL", Column::kAsked},
       [](R r) { return receipt_text(r, &Receipt::tool); }},
      {{"tool_version", "string?", "its version", "VERSION", Column::kAsked},
       [](R r) { return receipt_text(r, &Receipt::tool_version); }},
      {{"preset", "string?", "preset of a transcode", "PRESET", Column::kAsked},
       [](R r) { return receipt_text(r, &Receipt::preset); }},
      {{"step_id", "string?", "the step that made it", "STEP", Column::kAsked},
       [](R r) { return receipt_text(r, &Receipt::step_id); }},
      {{"created_at", "time?", "when it was made", "MADE", Column::kAsked},
       [](R r) { return receipt(r) != nullptr ? Json(to_rfc3339(receipt(r)->created_at)) : Json(); }},
      {{"stale", "boolean", "older than the flag of its disc"}, [](R r) { return Json(r.snapshot->stale); }},
      {{"misplaced", "boolean", "the title changed since it was inserted"},
       [](R r) { return Json(r.snapshot->misplaced); }},
  };
}

}  // namespace

Verdict StageRow::verdict() const {
  return answer != nullptr ? answer->verdict : snapshot->verdict;
}

std::string StageRow::path() const {
  if (answer != nullptr && !answer->path.empty()) return answer->path;
  return snapshot->receipt ? snapshot->receipt->path : std::string();
}

const View<StageRow>& stage_view() {
  static const View<StageRow> kView("stage", "one stage of a track", [] {
    auto fields = looked_at_fields();
    for (auto& field : receipt_fields()) fields.push_back(field);
    return fields;
  }());
  return kView;
}

const ViewInfo& stage_info() {
  return stage_view().info();
}

const ViewInfo& stages_info() {
  static const ViewInfo kInfo{
      "stages",
      "the three stages of a track",
      {{"rip", "object", "off the disc", {}, Column::kNone, Align::kLeft, Fit::kWhole, &stage_info},
       {"transcode", "object", "encoded", {}, Column::kNone, Align::kLeft, Fit::kWhole, &stage_info},
       {"insert", "object", "in the library", {}, Column::kNone, Align::kLeft, Fit::kWhole, &stage_info}}};
  return kInfo;
}

Json stages_json(const PerStage<StageSnapshot>& stages, const PerStage<StageAnswer>* answers,
                 std::optional<Stage> only) {
  Json out = Json::object();
  out.get_ref<Json::object_t&>().reserve(kStages.size());
  for (const auto stage : kStages) {
    const bool answered = answers != nullptr && (!only || *only == stage);
    const StageRow row{stage, &stages[stage], answered ? &(*answers)[stage] : nullptr};
    out[std::string(to_string(stage))] = json_of(stage_view(), row);
  }
  return out;
}

Json exists_json(Verdict verdict) {
  if (verdict == Verdict::kUnreadable) return {};
  return verdict == Verdict::kDone || verdict == Verdict::kChanged || verdict == Verdict::kUnverified;
}

}  // namespace amphi::cmd
