// The files of a DVD's VIDEO_TS, the same whether they come from a device, an image (UDF) or a folder: names that
// DVD-Video defines, in upper case, sorted, empty ones left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "amphi/source.hpp"
#include "disc/dvd_handle.hpp"
#include "disc/identifiers.hpp"

namespace amphi {

struct VideoTsFile {
  std::string name;  // "VTS_01_0.IFO"
  std::int64_t size_bytes = 0;
  int title_set = 0;              // 0: VIDEO_TS itself
  std::int64_t first_sector = 0;  // image, device: where it begins; 0 in a folder
  std::string path;               // folder: the file itself; "" else
};

// Throws kUnavailable when the folder cannot be listed.
std::vector<VideoTsFile> list_video_ts(const Source& source, const DvdReader& reader);

// The bytes of every IFO. Throws kUnavailable naming the one that cannot be read.
std::vector<NamedBytes> read_ifos(const std::vector<VideoTsFile>& files, const DvdReader& reader);

// The VIDEO_TS in `folder`, or `folder` itself where it is one; names are compared without case.
std::optional<std::string> find_video_ts_folder(const std::string& folder);

// Sectors that the title set's VOBs hold together.
std::int64_t title_set_sectors(const std::vector<VideoTsFile>& files, int title_set);

// The end in bytes that an image needs so that it holds all of `files`.
std::int64_t image_end(const std::vector<VideoTsFile>& files);

}  // namespace amphi
