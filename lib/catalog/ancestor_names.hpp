// How the ancestor names discs, and what a catalog calls them. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "amphi/disc.hpp"

namespace amphi {

// What the ancestor calls a disc's fingerprint: 64 hex digits, of its later versions "dvd-" and so on before them; a
// reader computes the digits alone, so they are an identifier, and the whole another.
std::vector<Identifier> ancestor_identifiers(const std::string& fingerprint);

// "log-" + 64 hex: the fingerprint's own digits, so that people find it again; without a fingerprint those of what the
// row has said in every version. The same row gives the same.
std::string provisional_of(const std::optional<std::string>& fingerprint, const nlohmann::json& row);

// "dvd", "bluray", "uhd4k" ...
std::optional<DiscKind> kind_of_word(std::string_view word);
// Of "br-1234...".
std::optional<DiscKind> kind_of_fingerprint(std::string_view fingerprint);
// By its largest picture; a DVD where none is known.
DiscKind kind_of_pictures(const std::vector<ScannedTrack>& tracks);

}  // namespace amphi
