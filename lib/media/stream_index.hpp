// Which of the declared streams really have packets, and what their first frames say. A declared stream without packets
// would be an empty track; a channel count in an IFO is a hint.
#pragma once

#include <map>
#include <optional>

#include "reader/title_layout.hpp"

namespace amphi {

struct FoundStream {
  std::int64_t packets = 0;  // seen until the answer was known, not all there are
  std::optional<AudioFormat> format;
};
using StreamIndex = std::map<int, FoundStream>;  // by stream id

// Reads the title's sectors until every declared stream has been seen; to the end only when one is missing.
StreamIndex index_streams(const TitleLayout& layout, SectorReader& sectors);

}  // namespace amphi
