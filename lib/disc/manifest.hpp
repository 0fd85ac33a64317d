// Optical Disc Manifests (TheDiscDB's optical-disc-manifest, version 1): JSON documents that say what was observed on a
// DVD, Blu-ray or UHD. They come from anywhere, and are believed only where they keep every rule.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "amphi/disc.hpp"

namespace amphi {

// The current form, and the one that documents in the wild still have: extensions anywhere, `modifiedAt` of files,
// sample rates as text, languages as locales, codecs by their long names.
enum class ManifestDialect { kCurrent, kOlder };

// The text as JSON. Throws kUsage naming the rule: "not-json", "duplicate-key", "too-large", "too-deep".
nlohmann::json parse_manifest_text(std::string_view text);

// By what only one of them has.
ManifestDialect dialect_of(const nlohmann::json& manifest);

// Throws kUsage: "RULE: what is wrong at which place". Rules of the schema first, then those it cannot say: no path
// twice, chapter counts that fit, hashes that the list of files gives.
void demand_valid_manifest(const nlohmann::json& manifest, ManifestDialect dialect);

// What a valid manifest says of its disc: provisional, as from a log.
ScannedDisc make_disc(const nlohmann::json& manifest);

}  // namespace amphi
