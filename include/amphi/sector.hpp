// The sector of DVD and Blu-ray: ISO 9660 and UDF on both count in it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace amphi {

inline constexpr std::int64_t kSectorBytes = 2048;  // of user data
inline constexpr std::size_t kSectorSize = 2048;    // the same, of memory

}  // namespace amphi
