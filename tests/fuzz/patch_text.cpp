#include "patch_text.hpp"

#include <nlohmann/json.hpp>

namespace amphi::fuzz {
namespace {

using nlohmann::json;

template <class T>
void put(json& object, const char* field, const Change<T>& change) {
  if (!change) return;
  if (!*change) {
    object[field] = nullptr;
  } else if constexpr (std::is_enum_v<T>) {
    object[field] = to_string(**change);
  } else {
    object[field] = **change;
  }
}

json disc_json(const DiscChange& change) {
  auto out = json::object();
  put(out, "title", change.title);
  put(out, "year", change.year);
  put(out, "imdb_id", change.imdb_id);
  put(out, "tmdb_id", change.tmdb_id);
  put(out, "media_type", change.media_type);
  put(out, "show_name", change.show_name);
  put(out, "edition", change.edition);
  put(out, "notes", change.notes);
  return out;
}

json track_json(const TrackChange& change) {
  json out{{"id", change.id.value}};
  put(out, "track_name", change.track_name);
  put(out, "track_type", change.track_type);
  put(out, "preset_name", change.preset_name);
  put(out, "edition", change.edition);
  put(out, "language", change.language);
  put(out, "season", change.season);
  put(out, "episode", change.episode);
  put(out, "episode_end", change.episode_end);
  put(out, "wanted", change.wanted);
  return out;
}

}  // namespace

std::string patch_text(const Edit& edit) {
  json out{{"disc", disc_json(edit.disc)}, {"tracks", json::array()}};
  for (const auto& track : edit.tracks) out["tracks"].push_back(track_json(track));
  return out.dump();
}

}  // namespace amphi::fuzz
