// What a user changes about a disc and its tracks. Flags, JSON patches and the edits given to `process` all become one
// Edit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/track.hpp"

namespace amphi {

// Not mentioned: nullopt. Cleared: an empty inner optional. Else the new value.
template <class T>
using Change = std::optional<std::optional<T>>;

using DiscChange = DiscFields<Change>;

struct TrackChange : TrackFields<Change> {
  TrackId id;
};

struct Edit {
  DiscChange disc;
  std::vector<TrackChange> tracks;
  bool empty() const;
};

// Who says it, and the history's word for that.
enum class EditOrigin { kUser, kIdentified };
std::string_view to_string(EditOrigin origin);  // "edited", "identified"

// One field by its contract name ("title", "year", "track_type" ...) and its text; "" is refused where the field needs
// something (title, track_name), "null" is a text like any other. Throws kUsage naming the field and what it takes.
void set_disc_field(DiscChange& change, std::string_view field, std::optional<std::string_view> value);
void set_track_field(TrackChange& change, std::string_view field, std::optional<std::string_view> value);
const std::vector<std::string_view>& disc_fields();
const std::vector<std::string_view>& track_fields();

// {"disc": {...}, "tracks": [{"id": 3, ...}]}. Throws kUsage on malformed JSON, wrong types, unknown fields; nothing is
// applied here. Path fields are refused by name.
Edit parse_patch(std::string_view json_text);

}  // namespace amphi
