// The titles of a DVD: title -> title set and title in it -> program chain -> cells -> sectors. The first angle is
// taken.
#pragma once

#include <string>
#include <vector>

#include "amphi/track.hpp"
#include "disc/dvd_handle.hpp"
#include "disc/video_ts.hpp"

namespace amphi {

struct DvdTitles {
  std::vector<ScannedTrack> tracks;
  std::vector<std::string> warnings;  // titles left out or doubtful, and why
};

// Every number that comes from the disc is checked. A title that makes no sense is left out with a warning; throws
// kUnavailable when VIDEO_TS.IFO itself cannot be read or no title is left.
DvdTitles read_titles(const DvdReader& reader, const std::vector<VideoTsFile>& files);

// "1-11,12": runs of consecutive cells joined by '-'.
std::string segment_map(const std::vector<Segment>& segments);

}  // namespace amphi
