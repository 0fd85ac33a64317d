#include "views/status_view.hpp"

#include <fmt/format.h>

#include "base/clock.hpp"
#include "views/disc_view.hpp"

namespace amphi::cmd {

namespace {

using D = const DriveRow&;
using W = const WorkRow&;
using A = const Appearance&;

std::string short_name(D row) {
  return short_fingerprint(row.report.fingerprint);
}

std::string known_story(D row) {
  const auto year = row.disc->edits.year ? fmt::format(" ({})", *row.disc->edits.year) : std::string();
  return fmt::format("{}{}, {}, {} track{}, {}", display_title(*row.disc), year,
                     short_fingerprint(row.disc->fingerprint), row.disc->track_count,
                     row.disc->track_count == 1 ? "" : "s", row.state);
}

std::string word_of(D row) {
  if (row.disc) return "known";
  if (row.report.busy) return "busy";
  if (!row.report.fingerprint.empty()) return "unknown";
  return row.report.trouble.empty() ? "none" : "unreadable";
}

std::vector<Field<DriveRow>> drive_fields() {
  return {
      {{"path", "string", "device node, or the image that stands in", "DRIVE", Column::kShown, Align::kLeft,
        Fit::kFlexible},
       [](D d) { return Json(d.report.drive.path); }},
      {{"model", "string?", "model", "MODEL", Column::kAsked}, [](D d) { return or_null(d.report.drive.model); }},
      {{"state", "empty|open|loading|disc|missing|unreadable", "the drive itself", "STATE", Column::kAsked},
       [](D d) { return Json(to_string(d.report.drive.state)); }},
      {{"stand_in", "boolean", "an image or a folder"}, [](D d) { return Json(d.report.drive.stand_in); }},
      {{"busy", "boolean", "ripping; not disturbed"}, [](D d) { return Json(d.report.busy); }},
      {{"disc_state", "none|unknown|known|busy|unreadable", "what the catalog knows of its disc"},
       [](D d) { return Json(word_of(d)); }},
      {{"volume_label", "string?", "label of the disc", "LABEL", Column::kAsked},
       [](D d) { return or_null(d.report.volume_label); }},
      {{"fingerprint", "string?", "of the disc"}, [](D d) { return or_null(d.report.fingerprint); }},
      {{"disc_id", "integer?", "catalog id of the disc, where the catalog knows it"},
       [](D d) { return d.disc ? Json(d.disc->id.value) : Json(); }},
      {{"disc",
        "object?",
        "the disc, where the catalog knows it",
        {},
        Column::kNone,
        Align::kLeft,
        Fit::kWhole,
        &disc_info},
       [](D d) { return d.disc ? json_of(disc_view(), disc_row(*d.disc, d.state)) : Json(); }},
      {{"story", "", "what is in it", "DISC", Column::kShown, Align::kLeft, Fit::kFlexible},
       nullptr,
       [](D d, A) { return Cell(drive_story(d), d.disc ? Style::kBold : Style::kPlain); }},
      {{"trouble", "string?", "why it could not be read", "TROUBLE", Column::kAsked},
       [](D d) { return or_null(d.report.trouble.empty() ? d.report.drive.trouble : d.report.trouble); }},
      {{"next", "string?", "the command to go on with", "NEXT", Column::kShown},
       [](D d) { return or_null(drive_next(d)); },
       [](D d, A) { return Cell(drive_next(d), Style::kDim); }},
  };
}

std::vector<Field<WorkRow>> work_fields() {
  return {
      {{"step_id", "string", "the step", "STEP", Column::kShown}, [](W w) { return Json(w.work.intent.step_id); }},
      {{"track_id", "integer", "catalog id of the track", "TRACK", Column::kShown, Align::kRight},
       [](W w) { return Json(w.work.intent.track_id.value); }},
      {{"disc_name", "string?", "title of the disc", "DISC", Column::kShown, Align::kLeft, Fit::kFlexible},
       [](W w) { return or_null(w.disc_name); }},
      {{"track_number", "integer", "number on the disc", "#", Column::kShown, Align::kRight},
       [](W w) { return Json(w.track_number); }},
      {{"stage", "rip|transcode|insert", "what it makes", "STAGE", Column::kShown},
       [](W w) { return Json(to_string(w.work.intent.stage)); }},
      {{"kind", "make|adopt|delete", "what it does", "KIND", Column::kAsked},
       [](W w) { return Json(w.work.intent.kind); }},
      {{"held_by", "string?", "who does it", "BY", Column::kShown, Align::kLeft, Fit::kFlexible},
       [](W w) { return or_null(w.work.intent.held_by); }},
      {{"since", "time", "when it began", "SINCE", Column::kShown},
       [](W w) { return Json(to_rfc3339(w.work.intent.created_at)); }},
  };
}

}  // namespace

std::string drive_story(D row) {
  const auto& report = row.report;
  if (row.disc) return known_story(row) + (report.busy ? ", ripping" : "");
  if (report.busy) return "busy: a rip is running";
  if (!report.fingerprint.empty()) {
    return fmt::format("unknown disc {}{}", report.volume_label.empty() ? "" : report.volume_label + ", ",
                       short_name(row));
  }
  const auto& trouble = report.trouble.empty() ? report.drive.trouble : report.trouble;
  switch (report.drive.state) {
    case DriveState::kEmpty:
      return "no disc";
    case DriveState::kOpen:
      return "no disc, the tray is open";
    case DriveState::kLoading:
      return "loading";
    case DriveState::kMissing:
      return "no such drive";
    case DriveState::kDisc:
    case DriveState::kUnreadable:
      break;
  }
  return trouble.empty() ? "the disc cannot be read" : "the disc cannot be read: " + trouble;
}

std::string drive_next(D row) {
  if (row.disc) return fmt::format("amphi disc show {}", short_fingerprint(row.disc->fingerprint));
  if (row.report.busy || row.report.fingerprint.empty()) return {};
  return fmt::format("amphi disc scan {}", row.report.drive.path);
}

const View<DriveRow>& drive_view() {
  static const View<DriveRow> kView("drive", "an optical drive, or an image that stands in for one", drive_fields());
  return kView;
}
const ViewInfo& drive_info() {
  return drive_view().info();
}

const View<WorkRow>& work_view() {
  static const View<WorkRow> kView("work", "a step that was begun", work_fields());
  return kView;
}
const ViewInfo& work_info() {
  return work_view().info();
}

const Document& status_document() {
  static const Document kDocument{"amphi.status/1",
                                  "drives, what runs, what was interrupted",
                                  {{"drives", "object[]", "every drive", &drive_info},
                                   {"running", "object[]", "steps that run now", &work_info},
                                   {"interrupted", "object[]", "steps that nobody works on any more", &work_info},
                                   {"unfinished_requests", "integer", "requests that process --resume continues"}},
                                  {}};
  return kDocument;
}

const Document& drive_list_document() {
  static const Document kDocument{"amphi.drive.list/1",
                                  "every drive",
                                  {{"drives", "object[]", "as configured, else what the system has", &drive_info}},
                                  "drives"};
  return kDocument;
}

}  // namespace amphi::cmd
