// A media file as libav reads it: through a descriptor of ours, so that no name is taken for a protocol, and of formats
// that hold media, so that no text or list of other files is taken for one.
#pragma once

#include <cstdint>
#include <exception>
#include <string>

#include "base/handle.hpp"
#include "media/av.hpp"

namespace amphi {

class MediaFile {
 public:
  // Throws WorkerFault: "source" when it cannot be opened, "judge" when it is no regular file or empty.
  explicit MediaFile(const std::string& path);

  const std::string& path() const { return path_; }
  std::int64_t size() const { return size_; }
  // Fewer at the end. Throws WorkerFault "medium" on a read error.
  std::size_t read(std::int64_t at, std::uint8_t* out, std::size_t size) const;

 private:
  std::string path_;
  Handle handle_;
  std::int64_t size_ = 0;
};

// An open demuxer.
class MediaInput {
 public:
  enum class Look { kHeader, kStreams };  // kStreams: packets are read until codecs and times are known
  // Throws WorkerFault "judge" when libav knows no such format, "medium" on a read error.
  MediaInput(const MediaFile& file, Look look);
  MediaInput(const MediaInput&) = delete;
  MediaInput& operator=(const MediaInput&) = delete;

  AVFormatContext& context() { return *input_; }
  // What could not be read, inside the callback where nothing may be thrown: WorkerFault "medium", as of MediaFile.
  void rethrow() const {
    if (trouble_) std::rethrow_exception(trouble_);
  }

 private:
  static int read_callback(void* self, std::uint8_t* out, int size);
  static std::int64_t seek_callback(void* self, std::int64_t offset, int whence);

  const MediaFile& file_;
  std::int64_t begin_;  // where the medium begins in the file
  std::int64_t at_ = 0;
  IoPtr io_;
  InputPtr input_;
  std::exception_ptr trouble_;
};

}  // namespace amphi
