// The fields that TheDiscDB can fill, each once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "amphi/edit.hpp"

namespace amphi {

template <class Edits, class Changes>
struct KnownField {
  std::string_view name;
  std::optional<std::string> (*text)(const Edits& edits);
  void (*copy)(const Edits& from, Edits& to);
  void (*change)(const Edits& to, Changes& change);
};

using KnownDiscField = KnownField<DiscEdits, DiscChange>;
using KnownTrackField = KnownField<TrackEdits, TrackChange>;

inline std::optional<std::string> value_text(const std::optional<std::string>& value) {
  return value;
}
inline std::optional<std::string> value_text(const std::optional<int>& value) {
  return value ? std::optional(std::to_string(*value)) : std::nullopt;
}
template <class Word>
std::optional<std::string> value_text(const std::optional<Word>& value) {
  return value ? std::optional(std::string(to_string(*value))) : std::nullopt;
}

template <auto kMember, auto kChange, class Edits, class Changes>
constexpr KnownField<Edits, Changes> known_field(std::string_view name) {
  return {name, [](const Edits& edits) { return value_text(edits.*kMember); },
          [](const Edits& from, Edits& to) { to.*kMember = from.*kMember; },
          [](const Edits& to, Changes& change) { (change.*kChange).emplace(to.*kMember); }};
}

#define AMPHI_DISC_FIELD(name) known_field<&DiscEdits::name, &DiscChange::name, DiscEdits, DiscChange>(#name)
#define AMPHI_TRACK_FIELD(name) known_field<&TrackEdits::name, &TrackChange::name, TrackEdits, TrackChange>(#name)

inline constexpr KnownDiscField kKnownDiscFields[] = {
    AMPHI_DISC_FIELD(title),      AMPHI_DISC_FIELD(year),      AMPHI_DISC_FIELD(imdb_id), AMPHI_DISC_FIELD(tmdb_id),
    AMPHI_DISC_FIELD(media_type), AMPHI_DISC_FIELD(show_name), AMPHI_DISC_FIELD(edition)};
inline constexpr KnownTrackField kKnownTypeField = AMPHI_TRACK_FIELD(track_type);
inline constexpr KnownTrackField kKnownTextFields[] = {AMPHI_TRACK_FIELD(track_name), AMPHI_TRACK_FIELD(edition)};
inline constexpr KnownTrackField kKnownNumberFields[] = {AMPHI_TRACK_FIELD(season), AMPHI_TRACK_FIELD(episode),
                                                         AMPHI_TRACK_FIELD(episode_end)};

}  // namespace amphi
