#include "reader/durable_sectors.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader/fault.hpp"
#include "reader/pack.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kSyncEvery = 64 << 20;

void pwrite_all(int fd, std::span<const std::uint8_t> bytes, std::int64_t at, const char* what) {
  while (!bytes.empty()) {
    const auto wrote = ::pwrite(fd, bytes.data(), bytes.size(), at);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) throw_errno(errno, what);
    bytes = bytes.subspan(static_cast<std::size_t>(wrote));
    at += wrote;
  }
}

void sync_data(int fd, const char* what) {
  if (::fdatasync(fd) != 0) throw_errno(errno, what);
}

// The data first, then the word that it is safe: never the other way round.
void make_safe(int out_fd, int record_fd, std::int64_t sectors) {
  sync_data(out_fd, "the copied sectors cannot be made safe");
  if (record_fd < 0) return;
  const auto line = fmt::format("{:016x}\n", sectors);
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(line.data()), line.size());
  pwrite_all(record_fd, bytes, 0, "the record of safe sectors cannot be written");
  sync_data(record_fd, "the record of safe sectors cannot be made safe");
}

}  // namespace

DurableSectors::DurableSectors(int out_fd, int record_fd, std::int64_t from_sector, std::int64_t before)
    : out_fd_(out_fd),
      record_fd_(record_fd),
      before_(before),
      end_(from_sector * kSectorBytes),
      synced_(end_),
      write_back_(out_fd) {
  struct stat facts {};
  if (::fstat(out_fd, &facts) != 0) throw_errno(errno, "the file for the sectors cannot be used");
  if (from_sector < 0 || facts.st_size < end_) {
    throw WorkerFault(Cause::kOther, fmt::format("the copy cannot continue at sector {}: the file has only {}",
                                                 from_sector, facts.st_size / kSectorBytes));
  }
  if (facts.st_size > end_ && ::ftruncate(out_fd, end_) != 0)
    throw_errno(errno, "the file for the sectors cannot be cut");
}

DurableSectors::~DurableSectors() {
  if (running_.valid()) running_.wait();
}

void DurableSectors::append(std::span<const std::uint8_t> bytes) {
  pwrite_all(out_fd_, bytes, end_, "the sectors cannot be written");
  end_ += static_cast<std::int64_t>(bytes.size());
  write_back_.wrote_until(end_);
  if (end_ - synced_ >= kSyncEvery) sync_in_background();
}

void DurableSectors::sync_in_background() {
  if (running_.valid()) running_.get();
  synced_ = end_;
  running_ = std::async(std::launch::async, make_safe, out_fd_, record_fd_, before_ + sectors());
}

void DurableSectors::finish() {
  finish(sectors());
}

void DurableSectors::finish(std::int64_t sectors) {
  if (running_.valid()) running_.get();
  end_ = sectors * kSectorBytes;
  make_safe(out_fd_, record_fd_, before_ + sectors);
  synced_ = end_;
}

std::int64_t DurableSectors::sectors() const {
  return end_ / kSectorBytes;
}

}  // namespace amphi
