// Room on a disk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "amphi/ids.hpp"

namespace amphi {

// Bytes that this user can still write into the folder: what its file system has for ordinary users, and no more than
// the user's quota leaves. nullopt where nobody can tell (the folder is not there, the file
// system does not count).
std::optional<std::int64_t> free_bytes(const std::string& folder);

// What a file system says of one user's or group's quota (quotactl(2)), in bytes and seconds since 1970.
struct Quota {
  std::int64_t hard_limit = 0;  // 0: none
  std::int64_t used = 0;
  std::int64_t grace_ends = 0;  // 0: the soft limit is not passed
};
// nullopt: it limits nothing.
std::optional<std::int64_t> left_of(const Quota& quota, Timestamp now);

}  // namespace amphi
