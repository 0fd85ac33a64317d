// The file of a title's sectors, in playing order.
#pragma once

#include "reader/sector_reader.hpp"

namespace amphi {

class SectorFile : public SectorReader {
 public:
  explicit SectorFile(int fd);  // borrowed; throws WorkerFault when it is no file
  // Throws WorkerFault "medium" on a read error: the file is the machine's own.
  std::int64_t read(std::int64_t first, std::span<std::uint8_t> out) override;
  std::int64_t sectors() const override { return sectors_; }

 private:
  int fd_;
  std::int64_t sectors_ = 0;
};

}  // namespace amphi
