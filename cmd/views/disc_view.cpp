#include "views/disc_view.hpp"

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "icons.hpp"
#include "views/edit_view.hpp"

namespace amphi::cmd {

namespace {

using F = Field<DiscRow>;
using R = const DiscRow&;
using A = const Appearance&;

// What most wanted tracks of a disc have behind them, as one icon a stage with a count where only some have.
Cell progress_cell(R row, A look) {
  Cell out;
  for (const auto stage : kStages) {
    const int done = row.done[stage];
    const auto verdict = row.trouble[stage] > 0                 ? Verdict::kMissing
                         : row.wanted > 0 && done >= row.wanted ? Verdict::kDone
                                                                : Verdict::kPending;
    if (!out.pieces.empty()) out.pieces.push_back({" ", Style::kPlain});
    out.pieces.push_back(stage_icon(stage, verdict, look));
    if (done > 0 && done < row.wanted) out.pieces.push_back({fmt::format("{}/{}", done, row.wanted), Style::kPlain});
  }
  return out;
}

// What keeps a disc from being left alone: flags, failures, files that are gone.
std::string attention(R row) {
  std::vector<std::string> parts;
  if (row.disc->reprocessing) parts.emplace_back(to_string(row.disc->reprocessing->type));
  if (row.failed > 0) parts.push_back(fmt::format("{} failed", row.failed));
  int trouble = 0;
  for (const auto stage : kStages) trouble += row.trouble[stage];
  if (trouble > 0) parts.push_back(fmt::format("{} missing or changed", trouble));
  if (row.disc->provisional) parts.emplace_back("known from a log only");
  return join(parts, ", ");
}

Json identifiers_json(R row) {
  return json_array_of(identifier_view(), row.disc->identifiers);
}

const DiscEdits& disc_edits_of(R row) {
  return row.disc->edits;
}

std::vector<F> identity_fields() {
  return {
      {{"id", "integer", "catalog id", "ID", Column::kShown, Align::kRight},
       [](R r) { return Json(r.disc->id.value); }},
      {{"title", "string?", "title; in the table the volume label where there is none", "TITLE", Column::kShown,
        Align::kLeft, Fit::kFlexible},
       [](R r) { return or_null(r.disc->edits.title); },
       [](R r, A) { return Cell(display_title(*r.disc), r.disc->edits.title ? Style::kBold : Style::kPlain); }},
      {{"year", "integer?", "year of release", "YEAR", Column::kShown, Align::kRight},
       [](R r) { return or_null(r.disc->edits.year); }},
      {{"fingerprint", "string", "what the disc is known by; in the table its short form", "FINGERPRINT",
        Column::kShown},
       [](R r) { return Json(r.disc->fingerprint); },
       [](R r, A) { return Cell(short_fingerprint(r.disc->fingerprint), Style::kCyan); }},
      {{"kind", "dvd|bluray|uhd|cd", "kind of disc", "KIND", Column::kAsked},
       [](R r) { return Json(to_string(r.disc->kind)); }},
      {{"volume_label", "string?", "label on the disc", "LABEL", Column::kAsked, Align::kLeft, Fit::kFlexible},
       [](R r) { return or_null(r.disc->volume_label); }},
  };
}

std::vector<F> derived_fields() {
  return {
      {{"track_count", "integer", "tracks on the disc", "TRACKS", Column::kShown, Align::kRight, Fit::kDroppable},
       [](R r) { return Json(r.disc->track_count); }},
      {{"state", "discovered|ripped|transcoded|complete", "how far the wanted tracks are", "STATE", Column::kShown},
       [](R r) { return Json(r.state); },
       [](R r, A) { return state_cell(r.state); }},
      {{"stages", "", "wanted tracks ripped, transcoded, inserted", "STAGES", Column::kShown}, nullptr, progress_cell},
      {{"attention", "", "what asks for attention", "", Column::kShown, Align::kLeft, Fit::kFlexible},
       nullptr,
       [](R r, A) { return Cell(attention(r), Style::kYellow); }},
      {{"needs_reprocessing", "boolean", "flagged by disc flag", "FLAGGED", Column::kAsked},
       [](R r) { return Json(r.disc->reprocessing.has_value()); }},
      {{"reprocessing_type", "re-rip|re-transcode|missing-tracks?", "what it is flagged for", "FLAG", Column::kAsked},
       [](R r) { return r.disc->reprocessing ? Json(to_string(r.disc->reprocessing->type)) : Json(); }},
      {{"scanned_at", "time", "last scan", "SCANNED", Column::kAsked},
       [](R r) { return Json(to_rfc3339(r.disc->scanned_at)); }},
      {{"source", "string?", "where it was last read from", "SOURCE", Column::kAsked, Align::kLeft, Fit::kFlexible},
       [](R r) { return or_null(r.disc->source.path); }},
      {{"identifiers",
        "object[]",
        "every identifier of the disc",
        {},
        Column::kNone,
        Align::kLeft,
        Fit::kWhole,
        &identifier_info},
       identifiers_json},
  };
}

}  // namespace

Cell state_cell(const std::string& state) {
  if (state == "complete") return {state, Style::kGreen};
  if (state == "failed" || state == "interrupted") return {state, Style::kRed};
  if (state == "running" || state == "waiting") return {state, Style::kYellow};
  return {state};
}

DiscRow disc_row(const DiscSummary& summary) {
  return {&summary.disc, summary.state, summary.wanted, summary.done, summary.trouble, summary.failed};
}

DiscRow disc_row(const Disc& disc, std::string state) {
  DiscRow row;
  row.disc = &disc;
  row.state = std::move(state);
  return row;
}

DiscRow disc_row(const DiscReport& report) {
  return disc_row(report.record.disc, report.state);
}

const View<Identifier>& identifier_view() {
  using I = const Identifier&;
  static const View<Identifier> kView(
      "identifier", "one of the ways in which the field names a disc",
      {{{"kind", "string", "amphi, dvd-disc-id, thediscdb-content-hash ...", "KIND", Column::kShown},
        [](I i) { return Json(i.kind); }},
       {{"value", "string", "the identifier", "VALUE", Column::kShown}, [](I i) { return Json(i.value); }}});
  return kView;
}

const ViewInfo& identifier_info() {
  return identifier_view().info();
}

const View<DiscRow>& disc_view() {
  static const View<DiscRow> kView("disc", "one pressing of an optical disc", [] {
    auto fields = identity_fields();
    append_fields(fields, edit_columns<disc_edits_of, DiscEdits, DiscRow>());
    append_fields(fields, derived_fields());
    return fields;
  }());
  return kView;
}

const ViewInfo& disc_info() {
  return disc_view().info();
}

}  // namespace amphi::cmd
