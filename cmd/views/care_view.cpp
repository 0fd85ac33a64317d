#include "views/care_view.hpp"

#include <fmt/format.h>

#include "base/clock.hpp"

namespace amphi::cmd {

namespace {

template <Verdict verdict>
Json count_of(const FilesCheck& check) {
  const auto found = check.counts.find(verdict);
  return found == check.counts.end() ? 0 : found->second;
}

template <auto view>
const ViewInfo& info_of() {
  return view().info();
}

}  // namespace

const View<BrokenReference>& broken_reference_view() {
  using B = const BrokenReference&;
  static const View<BrokenReference> kView(
      "broken_reference", "a row that refers to one that is not there",
      {{{"table", "string", "its table", "TABLE", Column::kShown}, [](B b) { return Json(b.table); }},
       {{"row", "integer?", "its rowid", "ROW", Column::kShown, Align::kRight}, [](B b) { return or_null(b.row); }},
       {{"refers_to", "string", "the other's table", "REFERS TO", Column::kShown},
        [](B b) { return Json(b.refers_to); }}});
  return kView;
}

const View<SchemaDifference>& schema_difference_view() {
  using S = const SchemaDifference&;
  static const View<SchemaDifference> kView(
      "schema_difference", "what is not as in a newly made catalog",
      {{{"name", "string", "table disc, index artifact_path ...", "NAME", Column::kShown},
        [](S s) { return Json(s.name); }},
       {{"difference", "missing|changed|added", "how it differs", "DIFFERENCE", Column::kShown},
        [](S s) { return Json(to_string(s.kind)); }}});
  return kView;
}

const View<OrphanRows>& orphans_view() {
  using O = const OrphanRows&;
  static const View<OrphanRows> kView(
      "orphans", "rows that nothing uses; no damage",
      {{{"what", "string", "which", "WHAT", Column::kShown}, [](O o) { return Json(o.what); }},
       {{"rows", "integer", "how many", "ROWS", Column::kShown, Align::kRight}, [](O o) { return Json(o.rows); }}});
  return kView;
}

const View<FilesCheck>& files_view() {
  static const View<FilesCheck> kView(
      "file_verdicts", "how many recorded files have which verdict",
      {{{"done", "integer", "as recorded"}, count_of<Verdict::kDone>},
       {{"missing", "integer", "not there"}, count_of<Verdict::kMissing>},
       {{"changed", "integer", "not as recorded"}, count_of<Verdict::kChanged>},
       {{"unverified", "integer", "without a receipt"}, count_of<Verdict::kUnverified>},
       {{"unreadable", "integer", "not to be looked at"}, count_of<Verdict::kUnreadable>},
       {{"removed", "integer", "removed by amphi"}, count_of<Verdict::kRemoved>}});
  return kView;
}

const View<FileFault>& file_fault_view() {
  using F = const FileFault&;
  static const View<FileFault> kView(
      "file_fault", "a recorded file that is not as it should be",
      {{{"track_id", "integer", "catalog id of the track", "TRACK", Column::kShown, Align::kRight},
        [](F f) { return Json(f.track.value); }},
       {{"stage", "rip|transcode|insert", "what made it", "STAGE", Column::kShown},
        [](F f) { return Json(to_string(f.stage)); }},
       {{"verdict", "missing|changed|unverified|unreadable", "what is wrong", "VERDICT", Column::kShown},
        [](F f) { return Json(to_string(f.verdict)); }},
       {{"path", "string?", "the file", "FILE", Column::kShown, Align::kLeft, Fit::kFlexible},
        [](F f) { return or_null(f.path); }},
       {{"detail", "string?", "what there is to say of it", "DETAIL", Column::kShown, Align::kLeft, Fit::kDroppable},
        [](F f) { return or_null(f.detail); }}});
  return kView;
}

const View<Interrupted>& abandoned_view() {
  using I = const Interrupted&;
  static const View<Interrupted> kView(
      "abandoned_step", "a step that was begun and that nobody works on any more",
      {{{"step_id", "string", "the step", "STEP", Column::kShown}, [](I i) { return Json(i.intent.step_id); }},
       {{"track_id", "integer", "catalog id of the track", "TRACK", Column::kShown, Align::kRight},
        [](I i) { return Json(i.intent.track_id.value); }},
       {{"stage", "rip|transcode|insert", "what it was to make", "STAGE", Column::kShown},
        [](I i) { return Json(to_string(i.intent.stage)); }},
       {{"kind", "make|adopt|delete", "what it did", "KIND", Column::kShown}, [](I i) { return Json(i.intent.kind); }},
       {{"since", "time", "when it began", "SINCE", Column::kShown},
        [](I i) { return Json(to_rfc3339(i.intent.created_at)); }},
       {{"ended_by", "string", "the command that settles it", "ENDED BY", Column::kShown}, [](I i) {
          return Json(i.readable ? "amphi process --resume"
                                 : fmt::format("amphi track reset {}", i.intent.track_id.value));
        }}});
  return kView;
}

const Document& catalog_check_document() {
  static const Document kDocument{
      "amphi.catalog.check/1",
      "the state of the catalog and of the files that it tells of",
      {{"path", "string", "the catalog"},
       {"catalog_schema", "integer", "version of its tables"},
       {"newest_schema", "integer", "that of this amphi; an older one is upgraded by the next verb that writes"},
       {"size_bytes", "integer", "size of the database"},
       {"depth", "quick|full", "full: indexes against tables and each row as a value, too"},
       {"damaged", "boolean", "whether it must not be used; exit 8"},
       {"problems", "string[]", "what SQLite's own check found; full: the first row that cannot be read, too"},
       {"broken_references", "object[]", "rows that refer to nothing", &info_of<broken_reference_view>},
       {"schema_differences", "object[]", "from a newly made catalog", &info_of<schema_difference_view>},
       {"orphans", "object[]", "rows that nothing uses; no damage", &info_of<orphans_view>},
       {"abandoned", "object[]", "steps that nobody works on any more; no damage", &info_of<abandoned_view>},
       {"files", "object?", "null where the files were not looked at", &info_of<files_view>},
       {"file_faults", "object[]", "those that are not as they should be; exit 3", &info_of<file_fault_view>},
       {"newest_backup", "string?", "the newest backup beside it"},
       {"hint", "string?", "where it is damaged: what to do"}},
      {}};
  return kDocument;
}

const Document& catalog_backup_document() {
  static const Document kDocument{"amphi.catalog.backup/1",
                                  "the backup that was made",
                                  {{"catalog", "string", "the catalog"},
                                   {"backup", "string", "the backup; verified"},
                                   {"catalog_schema", "integer", "version of its tables"},
                                   {"size_bytes", "integer", "size of the backup"},
                                   {"rows", "integer", "of all tables"},
                                   {"deleted", "string[]", "older backups that are gone now"}},
                                  {}};
  return kDocument;
}

const Document& catalog_restore_document() {
  static const Document kDocument{"amphi.catalog.restore/1",
                                  "what the catalog is now, and where its content before is",
                                  {{"catalog", "string", "the catalog"},
                                   {"from", "string", "the backup"},
                                   {"catalog_schema", "integer", "version of its tables"},
                                   {"discs", "integer", "in it now"},
                                   {"rows", "integer", "of all tables"},
                                   {"kept", "string?", "where the content before is now; null: there was none"},
                                   {"set_aside", "boolean", "the file before could not be used; kept is that file"}},
                                  {}};
  return kDocument;
}

const Document& catalog_export_document() {
  static const Document kDocument{
      "amphi.catalog.export/1",
      "the whole catalog: a first line that says what it is, a line for each row, a last one that counts them",
      {{"schema", "string", "first line, and of --output: amphi.catalog.export/1"},
       {"catalog_schema", "integer", "first line: version of the tables"},
       {"table", "string", "a row: its table"},
       {"row", "object", R"(a row: values by column; text that is not UTF-8 is {"hex": "..."})"},
       {"catalog", "string", "of --output: the catalog"},
       {"output", "string", "of --output: the file that was made"},
       {"rows", "object", "last line, and of --output: how many rows each table has"}},
      {},
      Document::Frame::kMixedLines};
  return kDocument;
}

const View<BadRow>& bad_row_view() {
  using B = const BadRow&;
  static const View<BadRow> kView(
      "bad_row", "a row of amphigory's of which something does not fit; the rest of it was taken in",
      {{{"table", "string", "its table", "TABLE", Column::kShown}, [](B b) { return Json(b.table); }},
       {{"row", "integer?", "its id", "ROW", Column::kShown, Align::kRight}, [](B b) { return or_null(b.row); }},
       {{"columns", "string[]", "what does not fit", "COLUMNS", Column::kAsked}, [](B b) { return Json(b.columns); }},
       {{"why", "string", "why it does not", "WHY", Column::kShown}, [](B b) { return Json(b.why); }}});
  return kView;
}

const Document& catalog_import_document() {
  static const Document kDocument{
      "amphi.catalog.import/1",
      "what was taken in",
      {{"catalog", "string", "the catalog"},
       {"from", "export|amphigory", "what the file was"},
       {"export_schema", "integer?", "of an export: version of its tables"},
       {"catalog_schema", "integer", "version of the tables now"},
       {"discs", "integer", "in it now"},
       {"rows", "integer", "of all tables of the file"},
       {"kept", "string?", "of an export: backup of a catalog without discs that held other rows"},
       {"added_discs", "integer", "that the catalog did not have"},
       {"added_tracks", "integer?", "of amphigory: that the catalog did not have"},
       {"added_paths", "integer?", "of amphigory: files that the catalog did not know of; unverified"},
       {"bad_rows", "object[]", "of amphigory: rows of which something does not fit; exit 3", &info_of<bad_row_view>}},
      {}};
  return kDocument;
}

}  // namespace amphi::cmd
