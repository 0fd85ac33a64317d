// Patches: {"disc": {...}, "tracks": [{"id": 3, ...}]}.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/edit.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/edit_fields.hpp"
#include "model/json_guard.hpp"

namespace amphi {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(std::string message, std::string hint = "nothing was changed") {
  throw Error(ErrorKind::kUsage, "patch: " + message, std::move(hint));
}

std::string shown(const json& value) {
  return escape_controls(fit_to_width(value.dump(-1, ' ', false, json::error_handler_t::replace), 40));
}

json parse_document(std::string_view text) {
  constexpr std::size_t kMaxBytes = 16 << 20;
  if (text.size() > kMaxBytes) refuse("larger than 16 MiB");
  try {
    JsonGuard guard([](const std::string& why) { refuse(why); });
    return json::parse(text, std::ref(guard));
  } catch (const json::parse_error& error) {
    refuse(fmt::format("not JSON: error at byte {}", error.byte), "check it with jq .");
  } catch (const json::exception&) {  // a number that no computer's can hold
    refuse("a number is out of range");
  }
}

GivenValue from_json_value(std::string_view place, const std::string& field, const json& value) {
  GivenValue given;
  given.shown = shown(value);
  if (value.is_null()) return given;
  if (value.is_string()) {
    given.value = value.get<std::string>();
  } else if (value.is_boolean()) {
    given.value = value.get<bool>();
  } else if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) {
    given.value = std::int64_t{INT64_MAX};
  } else if (value.is_number_integer()) {
    given.value = value.get<std::int64_t>();
  } else {
    refuse(fmt::format("{}{} takes a text, a whole number, true, false or null, not {}", place,
                       escape_controls(fit_to_width(field, 40)), given.shown));
  }
  return given;
}

void parse_disc(const json& object, DiscChange& change) {
  if (!object.is_object()) refuse(fmt::format("disc takes an object, not {}", shown(object)));
  for (const auto& [field, value] : object.items()) {
    set_disc_value(change, "disc.", field, from_json_value("disc.", field, value));
  }
}

TrackId parse_track_id(const json& object, const std::string& place) {
  const auto id = object.find("id");
  if (id == object.end()) refuse(place + "id is missing", "each track is named by its id");
  if (!id->is_number_integer() || (id->is_number_unsigned() && id->get<std::uint64_t>() > INT64_MAX) ||
      id->get<std::int64_t>() < 1) {
    refuse(fmt::format("{}id takes the id of a track, not {}", place, shown(*id)));
  }
  return {id->get<std::int64_t>()};
}

TrackChange parse_track(const json& object, std::size_t index) {
  const std::string place = fmt::format("tracks[{}].", index);
  if (!object.is_object()) refuse(fmt::format("tracks[{}] takes an object, not {}", index, shown(object)));
  TrackChange change;
  change.id = parse_track_id(object, place);
  for (const auto& [field, value] : object.items()) {
    if (field != "id") set_track_value(change, place, field, from_json_value(place, field, value));
  }
  return change;
}

void parse_tracks(const json& list, std::vector<TrackChange>& changes) {
  if (!list.is_array()) refuse(fmt::format("tracks takes a list, not {}", shown(list)));
  std::set<TrackId> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    changes.push_back(parse_track(list[i], i));
    if (!seen.insert(changes.back().id).second) refuse(fmt::format("track {} is given twice", changes.back().id.value));
  }
}

}  // namespace

Edit parse_patch(std::string_view json_text) {
  const json document = parse_document(json_text);
  if (!document.is_object()) refuse("takes an object with disc and tracks, not " + shown(document));
  Edit edit;
  for (const auto& [field, value] : document.items()) {
    if (field == "disc") {
      parse_disc(value, edit.disc);
    } else if (field == "tracks") {
      parse_tracks(value, edit.tracks);
    } else {
      const std::string near = nearest(field, {"disc", "tracks"});
      refuse(fmt::format("unknown field {}", shown(json(field))),
             near.empty() ? "a patch has disc and tracks" : fmt::format("did you mean {}?", near));
    }
  }
  return edit;
}

}  // namespace amphi
