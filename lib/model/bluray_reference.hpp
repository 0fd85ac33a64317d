// What a track of a Blu-ray is called after: "mpls:00800", "mpls:00800.angle2", "m2ts:00045" for a clip that no
// playlist plays. The numbers are those of BDMV/PLAYLIST/00800.mpls and BDMV/STREAM/00045.m2ts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace amphi {

struct BlurayReference {
  bool is_playlist = true;
  std::uint32_t number = 0;  // to 99999
  unsigned angle = 0;        // 0-based
  bool operator==(const BlurayReference&) const = default;
};

std::string to_string(const BlurayReference& reference);
std::optional<BlurayReference> parse_bluray_reference(std::string_view text);

}  // namespace amphi
