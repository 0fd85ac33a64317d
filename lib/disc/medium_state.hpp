// What says that a source still holds what it held when it was last read, without reading it.
#pragma once

#include <optional>
#include <string>

#include "amphi/source.hpp"

namespace amphi {

// A drive: how many media the kernel had seen when this one came (diskseq, Linux 5.15), since this boot. An image: its
// inode, size and times. Nothing where neither says it: a folder; a CD's sheet, whose data lie in other files; a drive
// whose kernel does not count; an image written to within the last seconds, for a file system's clock may be too coarse
// to show the next write.
std::optional<std::string> medium_state(const Source& source);

// The kernel's count for the drive at `path`; nothing where it has none.
std::optional<std::string> medium_number(const std::string& path);

}  // namespace amphi
