// libdvdread's handles as values that close themselves. What the library has to say goes nowhere: never to stdout.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "disc/dvd_handle.hpp"
#include "reader/sector_reader.hpp"

namespace amphi {

struct CloseDvd {
  void operator()(dvd_reader_t* disc) const { DVDClose(disc); }
};

// The title VOBs of one title set. The disc must outlive it.
class TitleVobs : public SectorReader {
 public:
  TitleVobs(dvd_reader_t* disc, int title_set);  // throws WorkerFault "medium" when the set has none
  std::int64_t read(std::int64_t first, std::span<std::uint8_t> out) override;
  std::int64_t sectors() const override { return sectors_; }

 private:
  DvdFileHandle file_;
  std::int64_t sectors_ = 0;
};

class DvdDisc {
 public:
  // An image, a folder that is or holds VIDEO_TS, a device. Throws WorkerFault "source" when there is no DVD.
  explicit DvdDisc(const std::string& source);
  // With its table of titles. Throws WorkerFault "source" when there is none that can be read.
  IfoHandle manager() const;
  // With its tables of chapters and program chains. Throws WorkerFault "medium" when IFO and backup cannot be read.
  IfoHandle title_set(int number) const;
  TitleVobs vobs(int title_set) const { return {disc_.get(), title_set}; }
  const std::string& source() const { return source_; }
  bool is_folder() const { return is_folder_; }

 private:
  std::string source_;
  bool is_folder_ = false;
  std::unique_ptr<dvd_reader_t, CloseDvd> disc_;
};

}  // namespace amphi
