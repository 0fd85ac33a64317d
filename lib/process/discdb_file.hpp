// A disc in a copy of TheDiscDB's data: its file, that of its release beside it, and that of its film or show above.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "amphi/identify.hpp"
#include "base/root.hpp"

namespace amphi {

inline constexpr std::size_t kLargestDiscdbFile = 16 << 20;  // bytes; theirs have some ten thousand

struct DiscdbDiscFile {
  std::string path;  // beneath the data folder
  DiscdbEntry entry;
  std::string release;               // "blade-runner-1982/2017-the-final-cut-4k"
  std::vector<std::string> missing;  // of the files around it, and what is not taken for want of them
  // Whether a user means it: the release's slug or folder, with or without the film's before it, or its path.
  bool is_called(std::string_view name) const;
};

// Throws kUsage, kUnavailable naming the disc's file where that is of no use.
DiscdbDiscFile load_discdb_disc(const Root& data, const std::string& path);

}  // namespace amphi
