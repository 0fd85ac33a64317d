#include "views/identify_view.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "views/edit_view.hpp"

namespace amphi::cmd {

namespace {

using A = const Appearance&;
using R = const IdentifiedTrackRow&;
using I = const Identification&;

Json decisions_json(I identified, bool written) {
  Json out = Json::array();
  for (const auto& field : identified.decisions.fields)
    if (field.written == written) out.push_back(json_of(decision_view(), field));
  return out;
}

const DiscEdits& identified_disc_edits(I identified) {
  return identified.decisions.disc.edits;
}
const TrackEdits& identified_track_edits(R row) {
  return row.track().edits;
}

Cell name_cell(R row, A) {
  const auto& name = row.track().edits.track_name;
  return name ? Cell(*name) : Cell(row.track().scanned.source_name, Style::kDim);
}

Cell changes_cell(R row, A) {
  std::vector<std::string> fields;
  for (const auto& field : row.disc->decisions.fields)
    if (field.track == row.track().id && field.written) fields.push_back(field.field);
  return {join(fields, ", "), Style::kGreen};
}

Cell place_cell(R row, A) {
  const auto& place = row.place();
  if (!row.track().wanted()) return {"not wanted", Style::kDim};
  if (!place.missing_fact.empty()) return {fmt::format("has no name yet: no {}", place.missing_fact), Style::kYellow};
  const auto path = library_path(place);
  if (const auto other = row.same_name_as()) return {fmt::format("{} (track {}, too)", path, *other), Style::kYellow};
  return {path};
}

std::vector<Field<IdentifiedTrackRow>> called_fields() {
  return {
      {{"track_id", "integer", "catalog id of the track", "ID", Column::kAsked, Align::kRight},
       [](R r) { return Json(r.track().id.value); }},
      {{"track_number", "integer", "its number on the disc", "#", Column::kShown, Align::kRight},
       [](R r) { return Json(r.track().scanned.number); }},
      {{"reference", "string", "what it really is", "REFERENCE", Column::kAsked},
       [](R r) { return Json(r.track().scanned.reference); }},
      {{"track_name", "string?", "its name", "NAME", Column::kShown, Align::kLeft, Fit::kFlexible},
       [](R r) { return or_null(r.track().edits.track_name); },
       name_cell},
      {{"track_type", "string", "what it is", "TYPE", Column::kShown},
       [](R r) { return Json(to_string(r.track().type())); }},
  };
}

std::vector<Field<IdentifiedTrackRow>> matched_fields() {
  return {
      {{"duration_seconds", "number", "how long it is", "LENGTH", Column::kShown, Align::kRight},
       [](R r) { return finite(r.track().scanned.duration_seconds); },
       [](R r, A) { return Cell(human_duration(r.track().scanned.duration_seconds)); }},
      {{"matched_by", "string?", "what says that it is their title: source file, segment map or length", "BY",
        Column::kShown, Align::kLeft, Fit::kDroppable},
       [](R r) { return r.proposal() != nullptr ? Json(r.proposal()->by) : Json(); }},
      {{"", "", "fields that are set", "SETS", Column::kShown, Align::kLeft, Fit::kDroppable}, nullptr, changes_cell},
      {{"wanted", "boolean", "belongs to what the disc needs"}, [](R r) { return Json(r.track().wanted()); }},
      {{"library_path", "string?", "the name that the library gets; relative where no folder of it is configured",
        "LIBRARY", Column::kShown, Align::kLeft, Fit::kFlexible},
       [](R r) { return or_null(library_path(r.place())); },
       place_cell},
      {{"missing_key", "string?", "the key of the configuration that names the folder"},
       [](R r) { return or_null(r.place().missing_key); }},
      {{"missing_fact", "string?", "what it needs to have a name"},
       [](R r) { return or_null(r.place().missing_fact); }},
      {{"same_name_as", "integer?", "number of a track that would have the same name"},
       [](R r) { return or_null(r.same_name_as()); }},
  };
}

std::vector<Field<IdentifiedTrackRow>> track_fields() {
  auto fields = called_fields();
  append_fields(fields, identified_fields<identified_track_edits, TrackEdits, IdentifiedTrackRow>());
  append_fields(fields, matched_fields());
  return fields;
}

std::vector<Field<Identification>> named_fields() {
  return {
      {{"disc_id", "integer", "catalog id of the disc"}, [](I i) { return Json(i.decisions.disc.id.value); }},
      {{"fingerprint", "string", "amphi's own"}, [](I i) { return Json(i.decisions.disc.fingerprint); }},
  };
}

std::vector<Field<Identification>> found_fields() {
  return {
      {{"trouble", "string?", "why nothing was taken"},
       [](I i) { return i.trouble ? Json(i.trouble->message()) : Json(); }},
      {{"candidates", "string[]", "releases to choose from with --release"},
       [](I i) { return i.trouble ? Json(i.trouble->candidates()) : Json::array(); }},
      {{"found_by", "string?", "kind of the identifier that found it"}, [](I i) { return or_null(i.found_by); }},
      {{"files", "string[]", "its files, beneath the data folder"}, [](I i) { return Json(i.files); }},
      {{"releases", "string[]", "releases that have it: TITLE-SLUG/RELEASE-SLUG"},
       [](I i) { return Json(i.releases); }},
      {{"partial", "boolean", "something is missing there, or does not fit the disc"},
       [](I i) { return Json(i.is_partial()); }},
      {{"missing", "string[]", "files that are broken or not there, and what is not taken for want of them"},
       [](I i) { return Json(i.missing); }},
      {{"untaken", "string[]", "what does not fit the disc, or is no value"},
       [](I i) { return Json(i.proposal.untaken); }},
      {{"not_on_disc", "string[]", "titles that are named there and that amphi does not have"},
       [](I i) { return Json(i.proposal.not_on_disc); }},
      {{"changes",
        "object[]",
        "fields that are set",
        {},
        Column::kNone,
        Align::kLeft,
        Fit::kWhole,
        []() -> const ViewInfo& { return decision_view().info(); }},
       [](I i) { return decisions_json(i, true); }},
      {{"kept",
        "object[]",
        "fields that keep what a user said",
        {},
        Column::kNone,
        Align::kLeft,
        Fit::kWhole,
        []() -> const ViewInfo& { return decision_view().info(); }},
       [](I i) { return decisions_json(i, false); }},
      {{"tracks",
        "object[]",
        "its tracks by number, as they are then",
        {},
        Column::kNone,
        Align::kLeft,
        Fit::kWhole,
        []() -> const ViewInfo& { return identified_track_view().info(); }},
       [](I i) { return json_array_of(identified_track_view(), identified_rows(i)); }},
  };
}

std::vector<Field<Identification>> disc_fields_shown() {
  auto fields = named_fields();
  append_fields(fields, identified_fields<identified_disc_edits, DiscEdits, Identification>());
  append_fields(fields, found_fields());
  return fields;
}

}  // namespace

const TrackProposal* IdentifiedTrackRow::proposal() const {
  const auto& tracks = disc->proposal.tracks;
  const auto found = std::find_if(tracks.begin(), tracks.end(),
                                  [&](const TrackProposal& proposed) { return proposed.id == track().id; });
  return found == tracks.end() ? nullptr : &*found;
}

std::optional<int> IdentifiedTrackRow::same_name_as() const {
  if (place().relative.empty() || !track().wanted()) return std::nullopt;
  const auto mine = collision_key(library_path(place()));
  for (const auto& other : identified_rows(*disc)) {
    if (other.index == index || !other.track().wanted() || other.place().relative.empty()) continue;
    if (collision_key(library_path(other.place())) == mine) return other.track().scanned.number;
  }
  return std::nullopt;
}

std::vector<IdentifiedTrackRow> identified_rows(const Identification& disc) {
  std::vector<IdentifiedTrackRow> rows;
  for (std::size_t i = 0; i < disc.decisions.tracks.size(); ++i)
    if (!disc.decisions.tracks[i].vanished) rows.push_back({&disc, i});
  return rows;
}

std::string library_path(const LibraryPlace& place) {
  if (place.relative.empty() || place.root.empty()) return place.relative;
  return place.root + "/" + place.relative;
}

const View<FieldDecision>& decision_view() {
  using D = const FieldDecision&;
  static const View<FieldDecision> kView(
      "field_decision", "a field, what it says and what TheDiscDB says",
      {{{"track_id", "integer?", "catalog id of the track; null: the disc's"},
        [](D d) { return d.track ? Json(d.track->value) : Json(); }},
       {{"track_number", "integer?", "its number on the disc"},
        [](D d) { return d.track ? Json(d.track_number) : Json(); }},
       {{"field", "string", "name of the field"}, [](D d) { return Json(d.field); }},
       {{"now", "string?", "what it said before"}, [](D d) { return or_null(d.now); }},
       {{"proposed", "string?", "what TheDiscDB says"}, [](D d) { return or_null(d.proposed); }}});
  return kView;
}

const View<IdentifiedTrackRow>& identified_track_view() {
  static const View<IdentifiedTrackRow> kView("identified_track", "a track and the name that the library gets",
                                              track_fields());
  return kView;
}

const View<Identification>& identification_view() {
  static const View<Identification> kView("identification", "what TheDiscDB says of a disc, and what is taken",
                                          disc_fields_shown());
  return kView;
}

const Document& identify_document() {
  static const Document kDocument{
      "amphi.disc.identify/1",
      "what TheDiscDB says of discs, and what of it is taken",
      {{"preview", "boolean", "nothing was written"},
       {"data", "string", "the copy's data folder"},
       {"warnings", "string[]", "what in it could not be looked at"},
       {"discs", "object[]", "the discs asked for", []() -> const ViewInfo& { return identification_view().info(); }}},
      "discs"};
  return kDocument;
}

}  // namespace amphi::cmd
