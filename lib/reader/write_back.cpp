#include "reader/write_back.hpp"

#include <fcntl.h>

namespace amphi {
namespace {

constexpr std::int64_t kPiece = 8 << 20;

}  // namespace

void WriteBack::wrote_until(std::int64_t end) {
  if (end - started_ < kPiece) return;
  // A hint: on a file system that cannot, fdatasync does all the work later.
  ::sync_file_range(fd_, started_, end - started_, SYNC_FILE_RANGE_WRITE);
  started_ = end;
}

}  // namespace amphi
