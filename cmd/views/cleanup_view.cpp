#include "views/cleanup_view.hpp"

#include "base/text.hpp"

namespace amphi::cmd {

namespace {

using R = const CleanupItem&;
using A = const Appearance&;

}  // namespace

const View<CleanupItem>& cleanup_view() {
  static const View<CleanupItem> kView(
      "cleaned_file", "a rip or transcode that finished work no longer needs",
      {{{"disc_id", "integer", "catalog id of the disc"}, [](R r) { return Json(r.disc.value); }},
       {{"track_id", "integer", "catalog id of the track"}, [](R r) { return Json(r.track.value); }},
       {{"disc_name", "string", "title or label", "DISC", Column::kShown, Align::kLeft, Fit::kFlexible},
        [](R r) { return Json(r.disc_name); }},
       {{"track_number", "integer", "number of the track", "#", Column::kShown, Align::kRight},
        [](R r) { return Json(r.track_number); }},
       {{"stage", "rip|transcode", "the stage", "STAGE", Column::kShown}, [](R r) { return Json(to_string(r.stage)); }},
       {{"size_bytes", "integer", "its size", "SIZE", Column::kAsked, Align::kRight},
        [](R r) { return Json(r.size_bytes); },
        [](R r, A) { return Cell(human_size(r.size_bytes)); }},
       {{"freed_bytes", "integer", "what deleting this name frees", "FREES", Column::kShown, Align::kRight},
        [](R r) { return Json(r.freed_bytes); },
        [](R r, A) { return Cell(human_size(r.freed_bytes)); }},
       {{"path", "string", "the file", "FILE", Column::kShown, Align::kLeft, Fit::kFlexible},
        [](R r) { return Json(r.path); }},
       {{"left", "string?", "why it was not deleted", "LEFT", Column::kShown, Align::kLeft, Fit::kFlexible},
        [](R r) { return or_null(r.left); },
        [](R r, A) { return Cell(r.left, Style::kYellow); }}});
  return kView;
}

const ViewInfo& cleanup_info() {
  return cleanup_view().info();
}

const Document& cleanup_document() {
  static const Document kDocument{"amphi.cleanup/1",
                                  "rips and transcodes that finished work no longer needs",
                                  {{"dry_run", "boolean", "nothing was deleted: what would be"},
                                   {"files", "object[]", "one for each file", &cleanup_info},
                                   {"freed_bytes", "integer", "all that was freed, or would be"}},
                                  "files"};
  return kDocument;
}

}  // namespace amphi::cmd
