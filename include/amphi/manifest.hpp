// An Optical Disc Manifest (TheDiscDB's optical-disc-manifest, version 1) of a disc that the catalog knows: what was
// observed on it, and nothing of this machine or of what people say the disc is. parse_manifest (amphi/reader.hpp)
// reads one. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/track.hpp"

namespace amphi {

// `files`: every file of the disc, or none where they were never listed; with them its hashes can be checked by whoever
// reads it. `version` is amphi's. Valid by every rule that parse_manifest has. Throws kUsage of an audio CD,
// kUnavailable of a disc without a content hash.
std::string make_manifest(const Disc& disc, const std::vector<Track>& tracks, const std::vector<ListedFile>& files,
                          std::string_view version);

}  // namespace amphi
