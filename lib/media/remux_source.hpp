// The title's sectors as a demuxer reads them: one clock from end to end, sectors that are no packs counted.
#pragma once

#include <cstdint>
#include <exception>
#include <vector>

#include "media/av.hpp"
#include "media/time_line.hpp"
#include "reader/sector_reader.hpp"
#include "reader/title_layout.hpp"

namespace amphi {

class RemuxSource {
 public:
  // All borrowed; they must outlive it, and it its AVIOContext.
  RemuxSource(SectorReader& sectors, const TitleLayout& layout, const TimeLine& line);

  IoPtr make_io();
  std::int64_t bad_sectors() const { return bad_; }
  std::int64_t bytes_done() const { return at_ * static_cast<std::int64_t>(kSectorSize); }
  // What went wrong inside the callback, where nothing may be thrown.
  void rethrow() const {
    if (trouble_) std::rethrow_exception(trouble_);
  }

 private:
  static int read_callback(void* self, std::uint8_t* out, int size);
  std::size_t read(std::uint8_t* out, std::size_t size);
  void refill();

  SectorReader& sectors_;
  const TitleLayout& layout_;
  const TimeLine& line_;
  std::vector<std::uint8_t> buffer_;
  std::size_t used_ = 0, filled_ = 0;
  std::int64_t at_ = 0, bad_ = 0;
  std::exception_ptr trouble_;
};

}  // namespace amphi
