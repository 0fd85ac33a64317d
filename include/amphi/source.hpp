// Where a disc is read from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace amphi {

// kLog: what was written down of a disc; nothing can be ripped from it.
enum class SourceKind { kDevice, kImage, kFolder, kLog };

std::string_view to_string(SourceKind kind);  // "device", "image", "folder", "log"
std::optional<SourceKind> parse_source_kind(std::string_view text);

inline constexpr std::string_view kTocPrefix = "toc:";  // of a written table of contents, whose kind is kLog

struct Source {
  SourceKind kind = SourceKind::kImage;
  std::string path;  // absolute, symlinks in it as the user gave them
  bool operator==(const Source&) const = default;
};

// Looks at `path` on disk: a block device, an image, a folder that is or holds VIDEO_TS or BDMV, a makemkvcon log; or
// takes it as it is: "toc:1 10 198592 150 ...", the table of contents of a CD. Throws kUnavailable when there is
// nothing, kUsage when it is none of these.
Source make_source(const std::string& path);

}  // namespace amphi
