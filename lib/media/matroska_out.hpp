// A Matroska file written by libav through a descriptor that is borrowed, byte for byte the same on every run.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "media/av.hpp"
#include "reader/write_back.hpp"

namespace amphi {

class MatroskaOut {
 public:
  explicit MatroskaOut(int fd);
  MatroskaOut(const MatroskaOut&) = delete;
  MatroskaOut& operator=(const MatroskaOut&) = delete;

  AVStream* add_stream();
  // 90 kHz; the last ends at `end`.
  void set_chapters(const std::vector<std::int64_t>& starts, std::int64_t end);
  void set_tags(const std::vector<std::pair<std::string, std::string>>& tags);
  void write_header();
  // Takes what the packet holds. Times in 90 kHz.
  void write(AVPacket& packet);
  void finish();

 private:
  static int write_callback(void* self, std::uint8_t* bytes, int size);
  static std::int64_t seek_callback(void* self, std::int64_t offset, int whence);
  int write_bytes(const std::uint8_t* bytes, std::size_t size);
  std::int64_t seek(std::int64_t offset, int whence);
  // libav says EIO or nothing; the errno that the callback saw says more.
  void check(int code, const std::string& what) const;

  int fd_;
  std::int64_t at_ = 0, end_ = 0;
  int errno_ = 0;
  std::int64_t fed_ = 0;  // payload bytes since the interleaver was last emptied
  WriteBack write_back_;
  IoPtr io_;
  OutputPtr output_;
};

}  // namespace amphi
