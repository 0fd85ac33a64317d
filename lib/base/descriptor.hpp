// Whole reads, whole writes and fsync on a descriptor. `name` is only for messages. What takes one throws kUnavailable,
// the others return an errno.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace amphi {

int write_bytes(int descriptor, std::string_view bytes);  // 0 or an errno
void write_all(int descriptor, std::string_view bytes, std::string_view name);
// To the end; throws when there are more than `limit` bytes.
std::string read_all(int descriptor, std::string_view name, std::size_t limit = 64 << 20);
// From a place, which the descriptor's own does not follow. Fewer bytes at the end of the file.
std::string read_at(int descriptor, std::int64_t at, std::size_t size, std::string_view name);
void write_at(int descriptor, std::int64_t at, std::string_view bytes, std::string_view name);
std::int64_t size_of_file(int descriptor, std::string_view name);
// Whether anybody holds the byte at `offset`, asked without taking it (F_OFD_GETLK).
bool is_range_held(int descriptor, std::int64_t offset);
// The one fsync: 0 or an errno.
int sync_descriptor(int descriptor);
// fsync of a file. A failure may have dropped the dirty pages, so a second fsync would lie: throw the file away, never
// retry.
void sync_file(int descriptor, std::string_view name);
// The same for a folder; a file system that knows no fsync of folders (EINVAL) is taken to need none.
void sync_folder_descriptor(int descriptor, std::string_view name);

}  // namespace amphi
