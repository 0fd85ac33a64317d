// The fields that can be edited, each once: its name, its type, where it goes.
#include <fmt/format.h>

#include "amphi/edit.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/edit_fields.hpp"

namespace amphi {
namespace {

constexpr std::size_t kNameCharacters = 500;
constexpr std::size_t kNotesCharacters = 20'000;
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;
constexpr int kMostSeasons = 9'999;
constexpr int kMostEpisodes = 99'999;

const std::vector<MediaType> kMediaTypes{MediaType::kMovie, MediaType::kTv, MediaType::kMusic};

template <class C>
struct Field {
  std::string_view name;
  void (*set)(C& change, const GivenValue& given);
};

constexpr Field<DiscChange> kDiscFields[] = {
    {"title", [](DiscChange& c, const GivenValue& g) { c.title.emplace(text_value(g, kNameCharacters)); }},
    {"year", [](DiscChange& c, const GivenValue& g) { c.year.emplace(number_value(g, kFirstYear, kLastYear)); }},
    {"imdb_id", [](DiscChange& c, const GivenValue& g) { c.imdb_id.emplace(imdb_value(g)); }},
    {"tmdb_id", [](DiscChange& c, const GivenValue& g) { c.tmdb_id.emplace(digits_value(g)); }},
    {"media_type",
     [](DiscChange& c, const GivenValue& g) {
       c.media_type.emplace(word_value<MediaType>(g, kMediaTypes, parse_media_type));
     }},
    {"show_name", [](DiscChange& c, const GivenValue& g) { c.show_name.emplace(text_value(g, kNameCharacters)); }},
    {"edition", [](DiscChange& c, const GivenValue& g) { c.edition.emplace(text_value(g, kNameCharacters)); }},
    {"notes", [](DiscChange& c, const GivenValue& g) { c.notes.emplace(text_value(g, kNotesCharacters)); }},
};

constexpr Field<TrackChange> kTrackFields[] = {
    {"track_name", [](TrackChange& c, const GivenValue& g) { c.track_name.emplace(text_value(g, kNameCharacters)); }},
    {"track_type",
     [](TrackChange& c, const GivenValue& g) {
       c.track_type.emplace(word_value<TrackType>(g, all_track_types(), parse_track_type));
     }},
    {"preset_name", [](TrackChange& c, const GivenValue& g) { c.preset_name.emplace(text_value(g, kNameCharacters)); }},
    {"edition", [](TrackChange& c, const GivenValue& g) { c.edition.emplace(text_value(g, kNameCharacters)); }},
    {"language", [](TrackChange& c, const GivenValue& g) { c.language.emplace(language_value(g)); }},
    {"season", [](TrackChange& c, const GivenValue& g) { c.season.emplace(number_value(g, 0, kMostSeasons)); }},
    {"episode", [](TrackChange& c, const GivenValue& g) { c.episode.emplace(number_value(g, 0, kMostEpisodes)); }},
    {"episode_end",
     [](TrackChange& c, const GivenValue& g) { c.episode_end.emplace(number_value(g, 0, kMostEpisodes)); }},
    {"wanted", [](TrackChange& c, const GivenValue& g) { c.wanted.emplace(truth_value(g)); }},
};

constexpr std::string_view kPathFields[] = {"ripped_path", "transcoded_path", "inserted_path", "path"};

template <class Fields>
std::vector<std::string_view> names_of(const Fields& fields) {
  std::vector<std::string_view> names;
  for (const auto& field : fields) names.push_back(field.name);
  return names;
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

template <class C, class Fields>
void set_field(C& change, const Fields& fields, std::string_view place, std::string_view field, std::string_view of,
               GivenValue given) {
  given.field = fmt::format("{}{}", place, field);
  for (const auto& known : fields) {
    if (known.name == field) return known.set(change, given);
  }
  refuse_field(field, place, of, names_of(fields));
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
  set_field(change, kDiscFields, place, field, "disc", given);
}

void set_track_value(TrackChange& change, std::string_view place, std::string_view field, const GivenValue& given) {
  set_field(change, kTrackFields, place, field, "track", given);
}

void set_disc_field(DiscChange& change, std::string_view field, std::optional<std::string_view> value) {
  set_disc_value(change, "", field, from_text(value));
}

void set_track_field(TrackChange& change, std::string_view field, std::optional<std::string_view> value) {
  set_track_value(change, "", field, from_text(value));
}

const std::vector<std::string_view>& disc_fields() {
  static const auto kNames = names_of(kDiscFields);
  return kNames;
}

const std::vector<std::string_view>& track_fields() {
  static const auto kNames = names_of(kTrackFields);
  return kNames;
}

bool Edit::empty() const {
  const auto changes = [](const TrackChange& t) {
    return t.track_name || t.preset_name || t.edition || t.language || t.track_type || t.season || t.episode ||
           t.episode_end || t.wanted;
  };
  const DiscChange& d = disc;
  if (d.title || d.imdb_id || d.tmdb_id || d.show_name || d.edition || d.notes || d.year || d.media_type) return false;
  for (const TrackChange& track : tracks) {
    if (changes(track)) return false;
  }
  return true;
}

}  // namespace amphi
