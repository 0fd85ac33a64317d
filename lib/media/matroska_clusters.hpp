// Where the clusters of a Matroska file lie (RFC 9559), found without believing what its header, its cues or its sizes
// claim: a file that was cut short keeps all of these.
#pragma once

#include <cstdint>
#include <optional>

#include "media/media_file.hpp"

namespace amphi {

bool is_matroska(const MediaFile& file);

// Offset of the first cluster: everything before it is header. nullopt: there is none.
std::optional<std::int64_t> find_first_cluster(const MediaFile& file);

// The first offset in `range` at which a whole cluster header stands; nullopt: none.
std::optional<std::int64_t> find_cluster(const MediaFile& file, ByteRange range);

// Whether its writer came to the end of it: what is last written of a file that can be sought in is the size of its
// segment. Live streams never have one.
bool is_finished_matroska(const MediaFile& file);

}  // namespace amphi
