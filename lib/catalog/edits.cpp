// Applying an edit: read, change the value, write, tell the history; one transaction for the whole of it.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

using nlohmann::json;

template <class T>
void change(std::optional<T>& value, const Change<T>& change) {
  if (change) value = *change;
}

template <class T>
json shown(const std::optional<T>& value) {
  if (!value) return nullptr;
  if constexpr (std::is_enum_v<T>) {
    return to_string(*value);
  } else {
    return *value;
  }
}

// {"title": {"from": null, "to": "..."}}
template <class T>
void note_change(json& changes, const char* field, const std::optional<T>& before, const std::optional<T>& after) {
  if (before != after) changes[field] = {{"from", shown(before)}, {"to", shown(after)}};
}

template <class T>
std::optional<std::string_view> word(const std::optional<T>& value) {
  return value ? std::optional<std::string_view>(to_string(*value)) : std::nullopt;
}

DiscEdits changed(DiscEdits edits, const DiscChange& by) {
  change(edits.title, by.title);
  change(edits.year, by.year);
  change(edits.imdb_id, by.imdb_id);
  change(edits.tmdb_id, by.tmdb_id);
  change(edits.media_type, by.media_type);
  change(edits.show_name, by.show_name);
  change(edits.edition, by.edition);
  change(edits.notes, by.notes);
  return edits;
}

TrackEdits changed(TrackEdits edits, const TrackChange& by) {
  change(edits.track_name, by.track_name);
  change(edits.track_type, by.track_type);
  change(edits.preset_name, by.preset_name);
  change(edits.edition, by.edition);
  change(edits.language, by.language);
  change(edits.season, by.season);
  change(edits.episode, by.episode);
  change(edits.episode_end, by.episode_end);
  change(edits.wanted, by.wanted);
  return edits;
}

json difference(const DiscEdits& before, const DiscEdits& after) {
  json changes = json::object();
  note_change(changes, "title", before.title, after.title);
  note_change(changes, "year", before.year, after.year);
  note_change(changes, "imdb_id", before.imdb_id, after.imdb_id);
  note_change(changes, "tmdb_id", before.tmdb_id, after.tmdb_id);
  note_change(changes, "media_type", before.media_type, after.media_type);
  note_change(changes, "show_name", before.show_name, after.show_name);
  note_change(changes, "edition", before.edition, after.edition);
  note_change(changes, "notes", before.notes, after.notes);
  return changes;
}

json difference(const TrackEdits& before, const TrackEdits& after) {
  json changes = json::object();
  note_change(changes, "track_name", before.track_name, after.track_name);
  note_change(changes, "track_type", before.track_type, after.track_type);
  note_change(changes, "preset_name", before.preset_name, after.preset_name);
  note_change(changes, "edition", before.edition, after.edition);
  note_change(changes, "language", before.language, after.language);
  note_change(changes, "season", before.season, after.season);
  note_change(changes, "episode", before.episode, after.episode);
  note_change(changes, "episode_end", before.episode_end, after.episode_end);
  note_change(changes, "wanted", before.wanted, after.wanted);
  return changes;
}

DiscEdits load_disc_edits(Store& store, DiscId id) {
  Use row = store.db().use("SELECT " AMPHI_DISC_EDIT_COLUMNS " FROM disc_edit e WHERE e.disc_id = ?", id);
  return row.step() ? read_disc_edits(store, row) : DiscEdits{};
}

TrackEdits load_track_edits(Store& store, TrackId id) {
  Use row = store.db().use("SELECT " AMPHI_TRACK_EDIT_COLUMNS " FROM track_edit e WHERE e.track_id = ?", id);
  return row.step() ? read_track_edits(store, row) : TrackEdits{};
}

void write_disc_edits(Store& store, DiscId id, const DiscEdits& e) {
  store.db().run(
      "INSERT OR REPLACE INTO disc_edit (disc_id, title, year, imdb_id, tmdb_id, media_type, show_name, edition, "
      "notes) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id, e.title, e.year, e.imdb_id, e.tmdb_id, word(e.media_type), e.show_name, e.edition, e.notes);
}

void write_track_edits(Store& store, TrackId id, const TrackEdits& e) {
  store.db().run(
      "INSERT OR REPLACE INTO track_edit (track_id, track_name, track_type, preset_name, edition, language, season, "
      "episode, episode_end, wanted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id, e.track_name, word(e.track_type), e.preset_name, e.edition, e.language, e.season, e.episode, e.episode_end,
      e.wanted);
}

void edit_disc(Store& store, DiscId id, const DiscChange& by, EditOrigin origin) {
  const DiscEdits before = load_disc_edits(store, id);
  const DiscEdits after = changed(before, by);
  if (before == after) return;
  write_disc_edits(store, id, after);
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
  const TrackEdits before = load_track_edits(store, by.id);
  const TrackEdits after = changed(before, by);
  if (before == after) return;
  check_episodes(by.id, after);
  write_track_edits(store, by.id, after);
  write_history(store, to_string(origin), disc, by.id, difference(before, after));
}

}  // namespace

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
