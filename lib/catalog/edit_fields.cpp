// Setting a field by its name.
#include <algorithm>

#include <fmt/format.h>

#include "amphi/edit.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/edit_fields.hpp"
#include "model/edit_fields.hpp"
#include "model/words.hpp"

namespace amphi {
namespace {

template <class Field>
std::optional<std::string> taken(const Field&, TextUpTo takes, const GivenValue& given) {
  return text_value(given, takes.characters);
}
template <class Field>
std::optional<std::string> taken(const Field&, PresetName takes, const GivenValue& given) {
  return text_value(given, takes.characters);
}
template <class Field>
std::optional<std::string> taken(const Field&, ImdbId, const GivenValue& given) {
  return imdb_value(given);
}
template <class Field>
std::optional<std::string> taken(const Field&, Digits, const GivenValue& given) {
  return digits_value(given);
}
template <class Field>
std::optional<std::string> taken(const Field&, LanguageCode, const GivenValue& given) {
  return language_value(given);
}
template <class Field>
std::optional<int> taken(const Field&, NumberWithin takes, const GivenValue& given) {
  return number_value(given, takes.low, takes.high);
}
template <class Field>
std::optional<bool> taken(const Field&, Truth, const GivenValue& given) {
  return truth_value(given);
}
template <class Field>
typename Field::Value taken(const Field&, WordOfSet, const GivenValue& given) {
  using Word = typename Field::Value::value_type;
  return word_value<Word>(given, all_words<Word>(), parse_word<Word>);
}

constexpr std::string_view kPathFields[] = {"ripped_path", "transcoded_path", "inserted_path", "path"};

template <class Edits>
const std::vector<std::string_view>& names_of() {
  static const auto kNames = [] {
    std::vector<std::string_view> names;
    for_each_field<Edits>([&](const auto& field) { names.push_back(field.name); });
    return names;
  }();
  return kNames;
}

[[noreturn]] void refuse_field(std::string_view field, std::string_view place, std::string_view of,
                               const std::vector<std::string_view>& known) {
  const std::string shown = fmt::format("{}{}", place, escape_controls(fit_to_width(to_valid_utf8(field), 40)));
  for (const auto path : kPathFields) {
    if (field != path) continue;
    throw Error(ErrorKind::kUsage, shown + ": paths are never edited",
                "amphi track adopt takes a file over, amphi track reset clears one");
  }
  const std::string near = nearest(field, std::vector<std::string>(known.begin(), known.end()));
  throw Error(ErrorKind::kUsage, fmt::format("{}: no such field of a {}", shown, of),
              near.empty() ? "fields: " + join(std::vector<std::string>(known.begin(), known.end()), " ")
                           : fmt::format("did you mean {}?", near));
}

template <class Edits, class Changes>
void set_field(Changes& change, std::string_view place, std::string_view name, std::string_view of, GivenValue given) {
  given.field = fmt::format("{}{}", place, name);
  bool known = false;
  for_each_field<Edits>([&](const auto& field) {
    if (field.name != name) return;
    known = true;
    field.change_of(change).emplace(taken(field, field.takes, given));
  });
  if (!known) refuse_field(name, place, of, names_of<Edits>());
}

template <class Edits, class Changes>
bool changes_anything(const Changes& change) {
  bool any = false;
  for_each_field<Edits>([&](const auto& field) { any = any || field.change_of(change).has_value(); });
  return any;
}

GivenValue from_text(std::optional<std::string_view> value) {
  GivenValue given;
  given.as_text = true;
  if (value) given.value = std::string(*value);
  given.shown = value ? fmt::format("'{}'", *value) : "null";
  return given;
}

}  // namespace

void set_disc_value(DiscChange& change, std::string_view place, std::string_view field, const GivenValue& given) {
  set_field<DiscEdits>(change, place, field, "disc", given);
}

void set_track_value(TrackChange& change, std::string_view place, std::string_view field, const GivenValue& given) {
  set_field<TrackEdits>(change, place, field, "track", given);
}

void set_disc_field(DiscChange& change, std::string_view field, std::optional<std::string_view> value) {
  set_disc_value(change, "", field, from_text(value));
}

void set_track_field(TrackChange& change, std::string_view field, std::optional<std::string_view> value) {
  set_track_value(change, "", field, from_text(value));
}

const std::vector<std::string_view>& disc_fields() {
  return names_of<DiscEdits>();
}

const std::vector<std::string_view>& track_fields() {
  return names_of<TrackEdits>();
}

bool Edit::empty() const {
  return !changes_anything<DiscEdits>(disc) &&
         std::none_of(tracks.begin(), tracks.end(), changes_anything<TrackEdits, TrackChange>);
}

}  // namespace amphi
