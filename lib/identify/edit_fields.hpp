// The fields that TheDiscDB can fill, from the rows of all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/edit_fields.hpp"

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
inline std::optional<std::string> value_text(const std::optional<bool>& value) {
  return value ? std::optional<std::string>(*value ? "true" : "false") : std::nullopt;
}
template <class Word>
std::optional<std::string> value_text(const std::optional<Word>& value) {
  return value ? std::optional(std::string(to_string(*value))) : std::nullopt;
}

template <class Edits, class Changes, class Field>
KnownField<Edits, Changes> known_field(const Field& field) {
  return {field.name, [](const Edits& edits) { return value_text(Field::of(edits)); },
          [](const Edits& from, Edits& to) { Field::of(to) = Field::of(from); },
          [](const Edits& to, Changes& change) { Field::change_of(change).emplace(Field::of(to)); }};
}

// Those of the rows that TheDiscDB knows and `take` takes.
template <class Edits, class Changes, class Take>
std::vector<KnownField<Edits, Changes>> known_fields(Take take) {
  std::vector<KnownField<Edits, Changes>> fields;
  for_each_field<Edits>([&](const auto& field) {
    if (field.known_by == KnownBy::kDiscdb && take(field)) fields.push_back(known_field<Edits, Changes>(field));
  });
  return fields;
}

inline const auto kKnownDiscFields = known_fields<DiscEdits, DiscChange>([](const auto&) { return true; });
// What a track is decides what else is taken: it comes first.
inline const auto kKnownTypeField =
    known_fields<TrackEdits, TrackChange>([](const auto& field) { return field.name == "track_type"; }).front();
inline const auto kKnownTextFields = known_fields<TrackEdits, TrackChange>(
    [](const auto& field) { return field.group == EditGroup::kAlone && field.name != "track_type"; });
inline const auto kKnownNumberFields =
    known_fields<TrackEdits, TrackChange>([](const auto& field) { return field.group == EditGroup::kEpisode; });

}  // namespace amphi
