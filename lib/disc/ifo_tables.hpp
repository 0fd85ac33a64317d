// Whether the tables of an IFO may be handed to libdvdread 6.1.3, which believes what a table says of itself: absurd
// lengths and offsets make it write or read beyond its memory, follow a chain that it has freed, or go on for ever.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "disc/dvd_handle.hpp"

namespace amphi {

// An open IFO or BUP file as bytes. Numbers are big endian.
class IfoBytes {
 public:
  explicit IfoBytes(dvd_file_t* file);

  std::int64_t size() const { return static_cast<std::int64_t>(bytes_.size()); }  // 0: not readable, or far too large
  bool holds(std::int64_t at, std::int64_t count) const { return at >= 0 && count >= 0 && at + count <= size(); }
  std::int64_t be16(std::int64_t at) const;  // -1 where the file does not hold it
  std::int64_t be32(std::int64_t at) const;
  bool begins_with(std::string_view text) const;

 private:
  std::vector<std::uint8_t> bytes_;
};

bool is_title_set_ifo(const IfoBytes& ifo);

// VIDEO_TS.IFO: its table of titles.
bool titles_are_sound(const IfoBytes& ifo);
// A title set: its tables of chapters and of program chains.
bool chapters_and_chains_are_sound(const IfoBytes& ifo);
// All that ifoOpen reads of a title set besides.
bool other_tables_are_sound(const IfoBytes& ifo);

}  // namespace amphi
