#include "disc/image_length.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "amphi/error.hpp"

namespace amphi {

std::optional<std::string> find_cut(const Source& source, std::int64_t end) {
  struct stat found {};
  if (source.kind != SourceKind::kImage || ::stat(source.path.c_str(), &found) != 0 || found.st_size >= end)
    return std::nullopt;
  return fmt::format("is cut short: {} bytes are missing at its end", end - found.st_size);
}

void demand_whole_image(const Source& source, std::int64_t end) {
  if (const auto cut = find_cut(source, end))
    throw Error(ErrorKind::kUnavailable, fmt::format("{} {}", source.path, *cut),
                "copy the disc into an image again, with ddrescue where it is scratched");
}

}  // namespace amphi
