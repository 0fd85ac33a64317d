#include "catalog/ancestor_edits.hpp"

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

template <class Change>
void set(const RowReader& row, const char* column,
         void (*set_field)(Change&, std::string_view, std::optional<std::string_view>), Change& change,
         const char* field) {
  const auto text = row.text(column);
  if (!text) return;
  try {
    set_field(change, field, *text);
  } catch (const Error& error) {
    // "year takes a whole number from 1900 to 2100, not '3'": without the field, which is named anyhow.
    const auto why = error.message();
    row.complain(column, why.starts_with(std::string(field) + " ") ? why.substr(std::string(field).size() + 1) : why);
  }
}

// Alone, or before the first, or beyond the last: no range.
void check_range(const RowReader& row, TrackChange& edits) {
  if (!edits.episode_end || !*edits.episode_end) return;
  const auto first = edits.episode.value_or(std::nullopt);
  if (first && **edits.episode_end >= *first) return;
  row.complain("episode_end_number", first ? fmt::format("is before episode {}", *first) : "has no episode_number");
  edits.episode_end.reset();
}

}  // namespace

DiscChange disc_edits_in(const RowReader& row) {
  DiscChange edits;
  set(row, "title", set_disc_field, edits, "title");
  set(row, "year", set_disc_field, edits, "year");
  set(row, "imdb_id", set_disc_field, edits, "imdb_id");
  set(row, "tmdb_id", set_disc_field, edits, "tmdb_id");
  set(row, "media_type", set_disc_field, edits, "media_type");
  set(row, "show_name", set_disc_field, edits, "show_name");
  set(row, "edition_notes", set_disc_field, edits, "edition");
  set(row, "notes", set_disc_field, edits, "notes");
  return edits;
}

TrackChange track_edits_in(const RowReader& row) {
  TrackChange edits;
  set(row, "track_name", set_track_field, edits, "track_name");
  set(row, "language", set_track_field, edits, "language");
  set(row, "season_number", set_track_field, edits, "season");
  set(row, "episode_number", set_track_field, edits, "episode");
  set(row, "episode_end_number", set_track_field, edits, "episode_end");
  set(row, "preset_name", set_track_field, edits, "preset_name");
  check_range(row, edits);
  const auto status = row.text("status");
  if (status == "selected") edits.wanted = true;
  if (status == "deselected") edits.wanted = false;
  return edits;
}

bool is_touched(const RowReader& row) {
  const auto status = row.text("status").value_or("discovered");
  if (status != "discovered" && status != "pending") return true;
  for (const auto* column : {"track_name", "final_name", "ripped_path", "transcoded_path", "inserted_path",
                             "season_number", "episode_number"})
    if (row.text(column)) return true;
  return false;
}

std::optional<ReprocessingType> flag_in(const RowReader& row) {
  const bool flagged = row.whole("needs_reprocessing", 0, 1).value_or(0) == 1;
  const auto word = row.text("reprocessing_type");
  if (!flagged) return std::nullopt;
  if (!word) {
    row.complain("reprocessing_type", "is not said, though the disc is flagged; taken for missing-tracks");
    return ReprocessingType::kMissingTracks;
  }
  const auto type = parse_reprocessing_type(*word);
  if (!type) row.refuse("reprocessing_type", "is no flag", *word);
  return type;
}

}  // namespace amphi
