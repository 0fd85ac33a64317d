// The identifiers that every kind of disc with files has, from what was listed and read of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "amphi/disc.hpp"
#include "disc/disc_files.hpp"
#include "disc/identifiers.hpp"

namespace amphi {

// `amphi` of a disc whose bytes nobody has: "log-", then SHA-256 over each track's source, seconds, bytes and segment
// map.
std::string make_provisional_fingerprint(const std::vector<ScannedTrack>& tracks);

// Every file of the disc; nothing where the listing is not the whole disc.
std::vector<ListedFile> listed_files(const DiscFiles& files);

// With the label and without: the ancestor did not always know it, and a folder does not tell it.
std::vector<Identifier> amphigory_identifiers(std::string_view type, const std::string& label,
                                              const std::vector<NamedBytes>& files);

}  // namespace amphi
