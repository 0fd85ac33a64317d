// The two places that a disc's files lie in: a folder of this machine, a UDF file system in an image or a drive.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "disc/disc_files.hpp"

namespace amphi {

class DiscFiles::FileSystem {
 public:
  virtual ~FileSystem() = default;
  // False: not everything was shown (too deep, too many, no regular file).
  virtual bool list(const std::function<void(DiscFile)>& take) const = 0;
  virtual std::string read(const DiscFile& file, std::int64_t offset, std::int64_t bytes) const = 0;  // or fewer
  virtual std::string label() const = 0;
};

inline constexpr int kDeepestFolder = 12;          // BDMV/JAR/... of real discs stay below 8
inline constexpr std::size_t kMostFiles = 50'000;  // a disc has some thousands at most

// A folder that holds the disc's folders, or one of them: BDMV, VIDEO_TS.
std::unique_ptr<DiscFiles::FileSystem> open_folder(const std::string& path);
std::unique_ptr<DiscFiles::FileSystem> open_udf(const std::string& path);  // throws kUnavailable

}  // namespace amphi
