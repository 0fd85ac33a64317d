// Appends sectors to a file and records how many of them a power cut can no longer take. Syncs in the background about
// every 64 MiB, while copying goes on.
#pragma once

#include <cstdint>
#include <future>
#include <span>

#include "reader/write_back.hpp"

namespace amphi {

class DurableSectors {
 public:
  // Descriptors borrowed. The file is cut to `from_sector`; shorter than that throws WorkerFault. record_fd -1: no
  // record. `before`: sectors in the files that came before this one, which the record counts as well.
  DurableSectors(int out_fd, int record_fd, std::int64_t from_sector, std::int64_t before = 0);
  ~DurableSectors();
  DurableSectors(const DurableSectors&) = delete;
  DurableSectors& operator=(const DurableSectors&) = delete;

  void append(std::span<const std::uint8_t> bytes);
  // All that was appended is safe and recorded on return; with `sectors`, only that many of them.
  void finish();
  void finish(std::int64_t sectors);
  std::int64_t sectors() const;

 private:
  void sync_in_background();

  int out_fd_, record_fd_;
  std::int64_t before_;
  std::int64_t end_, synced_;  // bytes
  WriteBack write_back_;
  std::future<void> running_;
};

}  // namespace amphi
