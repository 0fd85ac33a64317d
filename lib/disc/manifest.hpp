// Optical Disc Manifests (TheDiscDB's optical-disc-manifest, version 1): JSON documents that say what was observed on a
// DVD, Blu-ray or UHD. They come from anywhere, and are believed only where they keep every rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// What is wrong with the path of a file on a disc: the end of the rule's name, and what is told; nothing where it is
// one.
struct PathFault {
  std::string_view rule;  // "absolute", "parent-traversal" ...
  std::string_view what;
};
std::optional<PathFault> fault_of_path(std::string_view path);

// The hashes that a list of files gives (specification, 4).
std::string hash_of_listed(const std::vector<ListedFile>& files, bool dvd);
std::string matrix_of_listed(const std::vector<ListedFile>& files);

// What a valid manifest says of its disc: provisional, as from a log.
ScannedDisc make_disc(const nlohmann::json& manifest);

}  // namespace amphi
