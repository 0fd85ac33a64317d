// What can be edited of a disc and of a track, each field once: its name, what it takes, and what people are told of
// it. Patches, options, JSON, columns, the history, merging and identification all come from these rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "amphi/edit.hpp"
#include "model/fields.hpp"

namespace amphi {

// What a field takes.
struct TextUpTo {
  std::size_t characters;
};
struct PresetName {
  std::size_t characters;
};
struct NumberWithin {
  int low, high;
};
struct ImdbId {};
struct Digits {};
struct LanguageCode {};
struct WordOfSet {};
struct Truth {};

// kEpisode: season, episode and the last one make one name; half of them from here and half from there would make a
// wrong one.
enum class EditGroup { kAlone, kEpisode };
enum class KnownBy { kUserOnly, kDiscdb };

// "" where a verb or a view does not have the field, or has a place of its own for it.
struct EditWords {
  std::string_view option;           // help of the option of `edit`
  std::string_view shown = {};       // help of the field in documents
  std::string_view column = {};      // heading of its column
  bool flexible = false;             // its column is cut where the terminal is narrow
  std::string_view identified = {};  // help of the field where `disc identify` shows it
};

template <auto kEdit, auto kChange, class TakesType>
struct EditField : FieldRow<kEdit> {
  using Edits = typename FieldRow<kEdit>::Record;
  using Changes = typename MemberTypes<decltype(kChange)>::Record;
  using Value = typename FieldRow<kEdit>::Value;
  using Takes = TakesType;
  Takes takes;
  KnownBy known_by;
  EditGroup group;
  EditWords words;

  static constexpr const Change<typename Value::value_type>& change_of(const Changes& changes) {
    return changes.*kChange;
  }
  static constexpr Change<typename Value::value_type>& change_of(Changes& changes) { return changes.*kChange; }
};

template <auto kEdit, auto kChange, class Takes>
constexpr EditField<kEdit, kChange, Takes> edit_field(std::string_view name, Takes takes, KnownBy known_by,
                                                      EditWords words, EditGroup group = EditGroup::kAlone) {
  return {{name}, takes, known_by, group, words};
}

namespace edit_limits {
inline constexpr TextUpTo kName{500};
inline constexpr TextUpTo kNotes{20'000};
inline constexpr NumberWithin kYear{1900, 2100};
inline constexpr NumberWithin kSeason{0, 9'999};
inline constexpr NumberWithin kEpisode{0, 99'999};
}  // namespace edit_limits

#define AMPHI_DISC_FIELD(name, ...) edit_field<&DiscEdits::name, &DiscChange::name>(#name, __VA_ARGS__)
#define AMPHI_TRACK_FIELD(name, ...) edit_field<&TrackEdits::name, &TrackChange::name>(#name, __VA_ARGS__)

constexpr auto fields_of(const DiscEdits*) {
  using namespace edit_limits;
  return std::tuple{
      AMPHI_DISC_FIELD(title, kName, KnownBy::kDiscdb,
                       {.option = "title as the library shall call it", .identified = "title"}),
      AMPHI_DISC_FIELD(year, kYear, KnownBy::kDiscdb, {.option = "year of release", .identified = "year"}),
      AMPHI_DISC_FIELD(
          imdb_id, ImdbId{}, KnownBy::kDiscdb,
          {.option = "IMDb id: tt1234567", .shown = "IMDb id, tt1234567", .column = "IMDB", .identified = "IMDb id"}),
      AMPHI_DISC_FIELD(tmdb_id, Digits{}, KnownBy::kDiscdb,
                       {.option = "TMDB id", .shown = "TMDB id", .column = "TMDB", .identified = "TMDB id"}),
      AMPHI_DISC_FIELD(media_type, WordOfSet{}, KnownBy::kDiscdb,
                       {.option = "movie, tv or music",
                        .shown = "what the disc holds",
                        .column = "MEDIA",
                        .identified = "movie, tv"}),
      AMPHI_DISC_FIELD(show_name, kName, KnownBy::kDiscdb,
                       {.option = "name of the show",
                        .shown = "name of the show",
                        .column = "SHOW",
                        .flexible = true,
                        .identified = "show"}),
      AMPHI_DISC_FIELD(edition, kName, KnownBy::kDiscdb,
                       {.option = "edition: Director's Cut ...",
                        .shown = "edition: Director's Cut ...",
                        .column = "EDITION",
                        .flexible = true,
                        .identified = "edition"}),
      AMPHI_DISC_FIELD(
          notes, kNotes, KnownBy::kUserOnly,
          {.option = "anything you want to keep", .shown = "notes of the user", .column = "NOTES", .flexible = true}),
  };
}

constexpr auto fields_of(const TrackEdits*) {
  using namespace edit_limits;
  return std::tuple{
      AMPHI_TRACK_FIELD(track_name, kName, KnownBy::kDiscdb, {.option = "name of the track"}),
      AMPHI_TRACK_FIELD(track_type, WordOfSet{}, KnownBy::kDiscdb, {.option = "what the track is"}),
      AMPHI_TRACK_FIELD(preset_name, PresetName{kName.characters}, KnownBy::kUserOnly,
                        {.option = "preset for transcoding; copy keeps the video as it is"}),
      AMPHI_TRACK_FIELD(edition, kName, KnownBy::kDiscdb,
                        {.option = "edition: Director's Cut ...",
                         .shown = "edition",
                         .column = "EDITION",
                         .identified = "its edition"}),
      AMPHI_TRACK_FIELD(language, LanguageCode{}, KnownBy::kUserOnly,
                        {.option = "language, ISO 639-2", .shown = "language", .column = "LANGUAGE"}),
      AMPHI_TRACK_FIELD(season, kSeason, KnownBy::kDiscdb,
                        {.option = "season", .shown = "season", .column = "SEASON", .identified = "its season"},
                        EditGroup::kEpisode),
      AMPHI_TRACK_FIELD(episode, kEpisode, KnownBy::kDiscdb,
                        {.option = "episode",
                         .shown = "episode, the first of several",
                         .column = "EPISODE",
                         .identified = "its episode"},
                        EditGroup::kEpisode),
      AMPHI_TRACK_FIELD(episode_end, kEpisode, KnownBy::kDiscdb,
                        {.option = "last of several episodes in one track",
                         .shown = "the last of several episodes",
                         .column = "UNTIL",
                         .identified = "the last of several"},
                        EditGroup::kEpisode),
      AMPHI_TRACK_FIELD(wanted, Truth{}, KnownBy::kUserOnly, {.option = ""}),  // `track want` says it
  };
}

#undef AMPHI_DISC_FIELD
#undef AMPHI_TRACK_FIELD

}  // namespace amphi
