// Applying an edit: read, change the value, write, tell the history; one transaction for the whole of it.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "catalog/edit_rows.hpp"
#include "catalog/record.hpp"
#include "catalog/store.hpp"
#include "model/edit_fields.hpp"
#include "model/json_fields.hpp"

namespace amphi {
namespace {

using nlohmann::json;

// {"title": {"from": null, "to": "..."}}
template <class Edits>
json difference(const Edits& before, const Edits& after) {
  json changes = json::object();
  for_each_field<Edits>([&](const auto& field) {
    const auto &from = field.of(before), &to = field.of(after);
    if (from != to) changes[field.name] = {{"from", field_json(from)}, {"to", field_json(to)}};
  });
  return changes;
}

template <class Edits, class Changes>
Edits changed(Edits edits, const Changes& by) {
  for_each_field<Edits>([&](const auto& field) {
    if (const auto& change = field.change_of(by)) field.of(edits) = *change;
  });
  return edits;
}

void edit_disc(Store& store, DiscId id, const DiscChange& by, EditOrigin origin) {
  const DiscEdits before = find_edits(store, id).value_or(DiscEdits{});
  const DiscEdits after = changed(before, by);
  if (before == after) return;
  write_edits(store, id, after);
  write_history(store, to_string(origin), id, std::nullopt, difference(before, after));
}

void check_episodes(TrackId id, const TrackEdits& edits) {
  if (!edits.episode_end || (edits.episode && *edits.episode_end >= *edits.episode)) return;
  const std::string of = fmt::format("track {}: episode_end {}", id.value, *edits.episode_end);
  throw Error(ErrorKind::kUsage,
              edits.episode ? fmt::format("{} is before episode {}", of, *edits.episode) : of + " has no episode",
              "nothing was changed; episode_end is the last of several episodes in one track");
}

void require_track_of(Store& store, DiscId disc, TrackId track) {
  Use row = store.db().use("SELECT disc_id FROM track WHERE id = ?", track);
  if (row.step() && row.next<DiscId>() == disc) return;
  throw Error(ErrorKind::kNotFound, fmt::format("the disc has no track with the id {}", track.value),
              "nothing was changed; amphi disc show lists the ids");
}

void edit_track(Store& store, DiscId disc, const TrackChange& by, EditOrigin origin) {
  require_track_of(store, disc, by.id);
  const TrackEdits before = find_edits(store, by.id).value_or(TrackEdits{});
  const TrackEdits after = changed(before, by);
  if (before == after) return;
  check_episodes(by.id, after);
  write_edits(store, by.id, after);
  write_history(store, to_string(origin), disc, by.id, difference(before, after));
}

}  // namespace

std::optional<DiscEdits> find_edits(Store& store, DiscId id) {
  static const std::string kSelect =
      fmt::format("SELECT {} FROM disc_edit WHERE disc_id = ?", record_columns<DiscEdits>());
  Use row = store.db().use(kSelect.c_str(), id);
  if (!row.step()) return std::nullopt;
  DiscEdits edits;
  read_record(store, row, edits);
  return edits;
}

std::optional<TrackEdits> find_edits(Store& store, TrackId id) {
  static const std::string kSelect =
      fmt::format("SELECT {} FROM track_edit WHERE track_id = ?", record_columns<TrackEdits>());
  Use row = store.db().use(kSelect.c_str(), id);
  if (!row.step()) return std::nullopt;
  TrackEdits edits;
  read_record(store, row, edits);
  return edits;
}

void write_edits(Store& store, DiscId id, const DiscEdits& edits) {
  static const auto kInsert = insert_statement<DiscEdits>("INSERT OR REPLACE INTO disc_edit", {"disc_id"});
  insert_record(store.db(), kInsert, edits, id);
}

void write_edits(Store& store, TrackId id, const TrackEdits& edits) {
  static const auto kInsert = insert_statement<TrackEdits>("INSERT OR REPLACE INTO track_edit", {"track_id"});
  insert_record(store.db(), kInsert, edits, id);
}

std::string_view to_string(EditOrigin origin) {
  return origin == EditOrigin::kUser ? "edited" : "identified";
}

void Catalog::apply_edit(DiscId id, const Edit& edit, EditOrigin origin) {
  Transaction transaction(impl_->writing());
  require_disc(*impl_, id);
  edit_disc(*impl_, id, edit.disc, origin);
  for (const TrackChange& track : edit.tracks) edit_track(*impl_, id, track, origin);
  transaction.commit();
}

}  // namespace amphi
