// The clips of each angle, from a playlist's own bytes (BDMV/PLAYLIST/*.mpls): libbluray names only the first angle's.
// Layout: Blu-ray Disc Read-Only Format 3, PlayList(), as libbluray reads it. Nothing here trusts a length it reads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace amphi {

// Of each play item in order the clip ("00011") of each angle; the first angle is never missing. nullopt: damaged.
std::optional<std::vector<std::vector<std::string>>> read_angles(std::span<const std::uint8_t> playlist);

}  // namespace amphi
