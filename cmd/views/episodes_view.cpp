#include "views/episodes_view.hpp"

#include "base/text.hpp"
#include "views/disc_view.hpp"

namespace amphi::cmd {

namespace {

using R = const EpisodeRow&;
using A = const Appearance&;

const Track& track_of(R row) {
  return row.numbered->track;
}

Json if_numbered(R row, std::optional<int> value) {
  return row.numbered->episode ? or_null(value) : Json();
}

std::optional<std::string> name_of(R row) {
  return row.numbered->name ? row.numbered->name : track_of(row).edits.track_name;
}

const ViewInfo& episode_info() {
  return episode_view().info();
}

const ViewInfo& runtime_info() {
  return runtime_view().info();
}

}  // namespace

std::string EpisodeRow::code() const {
  TrackEdits edits;
  edits.season = season;
  edits.episode = numbered->episode;
  edits.episode_end = numbered->episode_end;
  return episode_code(edits);
}

std::vector<EpisodeRow> episode_rows(const EpisodeNumbering& numbering) {
  std::vector<EpisodeRow> rows;
  for (const auto& numbered : numbering.tracks) rows.push_back({&numbered, numbering.season});
  return rows;
}

const View<EpisodeRow>& episode_view() {
  static const View<EpisodeRow> kView(
      "numbered_track", "a track and the episode that it is",
      {{{"track_id", "integer", "catalog id of the track", "ID", Column::kAsked, Align::kRight},
        [](R r) { return Json(track_of(r).id.value); }},
       {{"track_number", "integer", "number that the ripper uses", "#", Column::kShown, Align::kRight},
        [](R r) { return Json(track_of(r).scanned.number); }},
       {{"track_type", "string", "what it is", "TYPE", Column::kShown},
        [](R r) { return Json(to_string(track_of(r).type())); }},
       {{"duration_seconds", "number", "as the disc declares it", "LENGTH", Column::kShown, Align::kRight},
        [](R r) { return finite(track_of(r).scanned.duration_seconds); },
        [](R r, A) { return Cell(human_duration(track_of(r).scanned.duration_seconds)); }},
       {{"code", "string?", "s02e05; null: left as it is", "EPISODE", Column::kShown},
        [](R r) { return or_null(r.code()); },
        [](R r, A) { return Cell(r.code(), Style::kBold); }},
       {{"season", "integer?", "season"}, [](R r) { return if_numbered(r, r.season); }},
       {{"episode", "integer?", "episode, the first of several"},
        [](R r) { return if_numbered(r, r.numbered->episode); }},
       {{"episode_end", "integer?", "the last of several episodes"},
        [](R r) { return if_numbered(r, r.numbered->episode_end); }},
       {{"track_name", "string?", "name", "NAME", Column::kShown, Align::kLeft, Fit::kFlexible},
        [](R r) { return or_null(name_of(r)); }},
       {{"reason", "string", "why this number, or why none", "REASON", Column::kShown},
        [](R r) { return Json(r.numbered->reason); }}});
  return kView;
}

const View<Runtime>& runtime_view() {
  using L = const Runtime&;
  static const View<Runtime> kView(
      "runtime", "a line of the list of runtimes",
      {{{"line", "integer", "counted from 1"}, [](L l) { return Json(l.line); }},
       {{"duration_seconds", "number", "the runtime"}, [](L l) { return finite(l.seconds); }},
       {{"season", "integer?", "as the line says"}, [](L l) { return or_null(l.season); }},
       {{"episode", "integer?", "as the line says"}, [](L l) { return or_null(l.episode); }},
       {{"name", "string?", "what stands behind it"}, [](L l) { return or_null(l.name); }}});
  return kView;
}

const Document& episodes_document() {
  static const Document kDocument{
      "amphi.disc.episodes/1",
      "which episode each track of a disc is",
      {{"dry_run", "boolean", "nothing was written: what would be"},
       {"disc", "object", "the disc, as it was before", &disc_info},
       {"season", "integer", "0: specials"},
       {"season_reason", "string", "who says so"},
       {"order", "disc|play_all|list", "whose order counts"},
       {"order_reason", "string", "the same in words"},
       {"first", "integer?", "number of the first episode; null where the list's own numbers count"},
       {"first_reason", "string", "where that number comes from"},
       {"complete", "boolean", "every track got a number and every runtime a track; else exit 3"},
       {"tracks", "object[]", "in the order that counts", &episode_info},
       {"unmatched", "object[]", "runtimes that no track fits", &runtime_info},
       {"notes", "string[]", "what to look at"}},
      "tracks"};
  return kDocument;
}

}  // namespace amphi::cmd
