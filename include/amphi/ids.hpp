// Row ids of the catalog and the units that get mixed up, each a type of its own.
#pragma once

#include <compare>
#include <cstdint>

namespace amphi {

template <class Tag>
struct Id {
  std::int64_t value = 0;  // 0: not stored yet
  auto operator<=>(const Id&) const = default;
};

using DiscId = Id<struct DiscTag>;
using TrackId = Id<struct TrackTag>;
using RequestId = Id<struct RequestTag>;
using IntentId = Id<struct IntentTag>;

// Nanoseconds since 1970-01-01 UTC; printed as RFC 3339. 0 where unknown is never stored: use std::optional.
struct Timestamp {
  std::int64_t ns = 0;
  auto operator<=>(const Timestamp&) const = default;
};

}  // namespace amphi
