// A file of a Blu-ray, read through libbluray: decrypted where libaacs or libbdplus can. The last sector is filled up
// with zeros where the file ends within it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reader/bluray_disc.hpp"
#include "reader/sector_reader.hpp"

struct bd_file_s;

namespace amphi {

class BlurayFile : public SectorReader {
 public:
  // `path` on the disc: "BDMV/STREAM/00800.m2ts". Throws WorkerFault "medium" where it is missing.
  BlurayFile(const BlurayDisc& disc, const std::string& path);
  std::int64_t read(std::int64_t first, std::span<std::uint8_t> out) override;
  std::int64_t sectors() const override;
  std::int64_t bytes() const { return bytes_; }

 private:
  // libbluray decrypts whole units of three sectors. False: unreadable.
  bool load(std::int64_t unit);

  struct Close {
    void operator()(bd_file_s* file) const;
  };
  std::unique_ptr<bd_file_s, Close> file_;
  std::int64_t bytes_ = 0, loaded_ = -1, at_ = 0;  // at_: where the library would read on
  std::vector<std::uint8_t> unit_;
};

// A small file whole: a playlist, a clip's information. Throws WorkerFault "medium".
std::string read_bluray_file(const BlurayDisc& disc, const std::string& path);

}  // namespace amphi
