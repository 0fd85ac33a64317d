// JSON of the values that several documents share.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "amphi/artifact.hpp"
#include "amphi/source.hpp"
#include "amphi/track.hpp"

namespace amphi {

void to_json(nlohmann::json& out, const StreamFlags& flags);
void from_json(const nlohmann::json& in, StreamFlags& flags);
void to_json(nlohmann::json& out, const ScannedTrack& track);
void from_json(const nlohmann::json& in, ScannedTrack& track);
void to_json(nlohmann::json& out, const MediaFacts& facts);
void from_json(const nlohmann::json& in, MediaFacts& facts);
void to_json(nlohmann::json& out, const Source& source);
void from_json(const nlohmann::json& in, Source& source);

}  // namespace amphi
