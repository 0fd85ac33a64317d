#include "views/history_view.hpp"

#include <fmt/format.h>

#include "base/clock.hpp"

namespace amphi::cmd {

namespace {

using R = const HistoryEntry&;

Json detail_json(R entry) {
  auto parsed = Json::parse(entry.detail, nullptr, false);
  return parsed.is_object() ? parsed : Json::object();
}

// To the second, for people.
Cell when_cell(R entry, const Appearance&) {
  constexpr std::size_t kDate = 10, kToSeconds = 19;
  const auto text = to_rfc3339(entry.at);
  return {text.substr(0, kDate) + " " + text.substr(kDate + 1, kToSeconds - kDate - 1) + "Z", Style::kDim};
}

// "size_bytes 123, path /srv/...": the detail as words.
Cell detail_cell(R entry, const Appearance&) {
  std::string out;
  const auto detail = detail_json(entry);  // items() only refers to it
  for (const auto& [name, value] : detail.items()) {
    const auto text = value.is_structured() ? std::string() : cell_of(value).text();
    if (!text.empty()) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name, text);
  }
  return {out};
}

}  // namespace

const View<HistoryEntry>& history_view() {
  static const View<HistoryEntry> kView(
      "history_entry", "something that happened",
      {{{"id", "integer", "number of the entry", "ID", Column::kAsked, Align::kRight}, [](R e) { return Json(e.id); }},
       {{"at", "time", "when", "WHEN", Column::kShown}, [](R e) { return Json(to_rfc3339(e.at)); }, when_cell},
       {{"disc_id", "integer?", "catalog id of the disc", "DISC", Column::kShown, Align::kRight},
        [](R e) { return e.disc_id ? Json(e.disc_id->value) : Json(); }},
       {{"track_id", "integer?", "catalog id of the track", "TRACK", Column::kShown, Align::kRight},
        [](R e) { return e.track_id ? Json(e.track_id->value) : Json(); }},
       {{"event", "string", "scanned, edited, identified, ripped, reset, step_failed ...", "EVENT", Column::kShown},
        [](R e) { return Json(e.event); }},
       {{"detail", "object", "what there is to say of it", "DETAIL", Column::kShown, Align::kLeft, Fit::kFlexible},
        detail_json,
        detail_cell}});
  return kView;
}

const ViewInfo& history_info() {
  return history_view().info();
}

const Document& history_document() {
  static const Document kDocument{"amphi.history/1",
                                  "what happened, the latest first",
                                  {{"history", "object[]", "the latest first", &history_info}},
                                  "history"};
  return kDocument;
}

}  // namespace amphi::cmd
