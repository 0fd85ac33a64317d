// Where the parts of a Matroska file lie (RFC 9559): the elements on the level below its first Segment ("level 1"). All
// heads are read, one after the other: some ten thousand small reads for a Blu-ray's film.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace amphi {

// Places and sizes in bytes; an element's with its head.
struct MatroskaElement {
  std::uint32_t id = 0;
  std::int64_t at = 0;  // from where the Segment's body begins: what a SeekPosition counts from
  std::int64_t size = 0;
};

struct MatroskaMap {
  std::int64_t begin = 0;                 // where the Segment's body begins in the file
  std::int64_t front = 0;                 // how far the first Cluster is from there
  std::int64_t end = 0;                   // how far the Segment's end is from there
  std::size_t size_width = 0;             // bytes of the Segment's size, which stand right before its body
  bool reaches_the_end = false;           // nothing stands behind the Segment
  std::vector<MatroskaElement> elements;  // in the order of their places; none is a SeekHead, Cluster, Void or checksum
  std::vector<MatroskaElement> seek_heads_behind;  // SeekHeads that do not stand in front
};

// `file` is open for reading. nullopt: it is no Matroska, has no Cluster, an element that RFC 9559 does not know, a
// size that is unknown or leads out of the Segment, or a SeekHead that names what is not there. Throws kUnavailable on
// a read error.
std::optional<MatroskaMap> map_matroska(int file);

}  // namespace amphi
