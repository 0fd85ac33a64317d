// Owners of libdvdread's handles. What the library has to say is kept and goes to the debug log, never to stdout.
#pragma once

#include <memory>
#include <string>

#include <dvdread/dvd_reader.h>
#include <dvdread/ifo_read.h>

namespace amphi {

class DvdReader {
 public:
  // Throws kUnavailable. Succeeds on any file: whether it is a DVD shows when its IFOs are opened.
  static DvdReader open(const std::string& path);

  dvd_reader_t* get() const { return reader_.get(); }
  // The library's last complaint, "" where it had none.
  const std::string& trouble() const { return *trouble_; }

 private:
  struct Closer {
    void operator()(dvd_reader_t* reader) const { DVDClose(reader); }
  };
  DvdReader() = default;
  std::unique_ptr<std::string> trouble_;  // the library holds its address, so it must not move; outlives the reader
  std::unique_ptr<dvd_reader_t, Closer> reader_;
};

struct IfoCloser {
  void operator()(ifo_handle_t* ifo) const { ifoClose(ifo); }
};
using IfoHandle = std::unique_ptr<ifo_handle_t, IfoCloser>;

struct DvdFileCloser {
  void operator()(dvd_file_t* file) const { DVDCloseFile(file); }
};
using DvdFileHandle = std::unique_ptr<dvd_file_t, DvdFileCloser>;

}  // namespace amphi
