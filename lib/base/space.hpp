// Room on a disk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace amphi {

// Bytes that this user can still write into the folder: what its file system has for ordinary users, and no more than
// the user's quota leaves. nullopt where nobody can tell (the folder is not there, the file
// system does not count).
std::optional<std::int64_t> free_bytes(const std::string& folder);

}  // namespace amphi
