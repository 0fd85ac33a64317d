// The edits of a disc and of a track as rows of disc_edit and track_edit.
#pragma once

#include <optional>

#include "catalog/store.hpp"
#include "model/edit_fields.hpp"

namespace amphi {

// nullopt: nothing was ever said of it.
std::optional<DiscEdits> find_edits(Store& store, DiscId id);
std::optional<TrackEdits> find_edits(Store& store, TrackId id);

// In place of what was there, whole. Part of the caller's transaction; the history is the caller's too.
void write_edits(Store& store, DiscId id, const DiscEdits& edits);
void write_edits(Store& store, TrackId id, const TrackEdits& edits);

template <class Edits>
bool says_any(const Edits& edits, EditGroup group) {
  bool said = false;
  for_each_field<Edits>([&](const auto& field) { said = said || (field.group == group && field.of(edits)); });
  return said;
}

// Whether the field is said, or where several make one thing any of them.
template <class Field, class Edits>
bool is_said(const Field& field, const Edits& edits) {
  return field.group == EditGroup::kAlone ? field.of(edits).has_value() : says_any(edits, field.group);
}

// `edits` with what only `others` says.
template <class Edits>
Edits filled(const Edits& edits, const Edits& others) {
  Edits all = edits;
  for_each_field<Edits>([&](const auto& field) {
    if (!is_said(field, edits)) field.of(all) = field.of(others);
  });
  return all;
}

}  // namespace amphi
