#include "patch_text.hpp"

#include <nlohmann/json.hpp>

#include "model/edit_fields.hpp"
#include "model/json_fields.hpp"

namespace amphi::fuzz {
namespace {

using nlohmann::json;

// `out` with what is changed; a field that is cleared is null.
template <class Edits, class Changes>
json with_changes(json out, const Changes& change) {
  for_each_field<Edits>([&](const auto& field) {
    if (const auto& said = field.change_of(change)) out[field.name] = field_json(*said);
  });
  return out;
}

}  // namespace

std::string patch_text(const Edit& edit) {
  json out{{"disc", with_changes<DiscEdits>(json::object(), edit.disc)}, {"tracks", json::array()}};
  for (const auto& track : edit.tracks)
    out["tracks"].push_back(with_changes<TrackEdits>(json{{"id", track.id.value}}, track));
  return out.dump();
}

}  // namespace amphi::fuzz
