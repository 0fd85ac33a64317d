// The front of a Matroska file laid out anew, in place: one SeekHead that names all there is, then Info and Tracks,
// then the rest, then what room is left. No Cluster moves.
//
// mkvpropedit puts what it writes into the first gap that it fits in. That is most often the one behind the SeekHead,
// which then cannot grow and only names a second one, and Tracks may go behind the pictures. That is right by RFC 9559,
// but televisions and ExoPlayer follow no second SeekHead: they find no Cues and cannot jump. mkvpropedit has no option
// for it, and mkvmerge would write the whole file once more.
#pragma once

#include <optional>
#include <vector>

#include "tools/matroska_map.hpp"

namespace amphi {

struct FrontPlan {
  std::vector<MatroskaElement> after;  // `at` is the new place; in the order of the map's elements
  std::int64_t room = 0;               // bytes left before the first Cluster: 0, or 2 and more
  std::int64_t end = 0;                // the Segment's new end: what finds no room in front goes there
};

// nullopt: not even the SeekHead fits, or the Segment would have to grow and cannot.
std::optional<FrontPlan> plan_front(const MatroskaMap& map);

// `file` is open for reading and writing. False: it was left as it is, for it cannot be mapped or planned. Throws
// kUnavailable on an error of the file system; the file is then of no use.
bool lay_out_front(int file);

}  // namespace amphi
